/* Fills a list from the data script in its box, and further pages from dataproxy.jsp. */
function jpage(option) {
  var box = document.getElementById(option.unitid), list = box.querySelector("ul");
  function records(text) {
    return (text.match(/<record><!\[CDATA\[[\s\S]*?\]\]><\/record>/g) || []).map(function (record) {
      return record.replace(/^<record><!\[CDATA\[/, "").replace(/\]\]><\/record>$/, "");
    });
  }
  function show(rows) { list.innerHTML = rows.slice(0, option.perPage).join(""); }
  show(records(box.querySelector("script").textContent));
  var pages = Math.ceil(option.totalRecord / option.perPage);
  if (pages < 2) { return; }
  var bar = document.createElement("div"), now = 1;
  bar.className = "page";
  bar.innerHTML = '<button type="button">上一页</button> 共' + pages + '页 <button type="button">下一页</button>';
  box.appendChild(bar);
  function go(step) {
    now = Math.min(pages, Math.max(1, now + step));
    var first = (now - 1) * option.perPage + 1;
    fetch(option.proxyUrl + "?startrecord=" + first + "&endrecord=" + (first + option.perPage - 1) + "&perpage=" +
      option.perPage + "&columnid=" + option.columnid + "&unitid=" + option.unitid + "&webid=" + option.webid)
      .then(function (answer) { return answer.text(); })
      .then(function (text) { show(records(text)); });
  }
  bar.firstChild.onclick = function () { go(-1); };
  bar.lastChild.onclick = function () { go(1); };
}
