/* Fills a list from JSON. */
(function () {
  var source = document.currentScript.getAttribute("data-source");
  fetch(source).then(function (answer) {
    if (!answer.ok) { throw new Error(answer.status); }
    return answer.json();
  }).then(function (rows) {
    document.getElementById("dataList").innerHTML = rows.map(function (row) {
      return '<li><a href="' + row.u + '">' + row.t + "</a><span>" + row.d + "</span></li>";
    }).join("");
    document.getElementById("loading").remove();
  }).catch(function () { return null; });
}());
