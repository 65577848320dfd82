/* Draws the pager of a list: createPageHTML(total, current from 0, name, ext) or
   createPageHTML(box, total, current from 1, name, ext, rows). */
function createPageHTML() {
  var a = arguments, boxed = typeof a[0] === "string";
  var total = boxed ? a[1] : a[0], current = boxed ? a[2] - 1 : a[1];
  var name = boxed ? a[3] : a[2], ext = boxed ? a[4] : a[3], html = [];
  function address(n) { return n === 0 ? "./" : name + "_" + (boxed ? n + 1 : n) + "." + ext; }
  if (total < 2) { return; }
  for (var n = 0; n < total; n++) {
    html.push(n === current ? "<span>" + (n + 1) + "</span>" : '<a href="' + address(n) + '">' + (n + 1) + "</a>");
  }
  if (current < total - 1) { html.push('<a href="' + address(current + 1) + '">下一页</a>'); }
  var box = boxed && document.getElementById(a[0]);
  if (box) { box.insertAdjacentHTML("beforeend", html.join(" ")); } else { document.write(html.join(" ")); }
}
