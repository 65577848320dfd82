"use strict";
(function () {
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var box = document.getElementById("filter");
  var count = document.getElementById("filter-count");
  var timer = 0;
  function apply() {
    var word = box.value.trim().toLowerCase();
    var shown = 0;
    all("tr.item").forEach(function (row) {
      var hit = !word || row.textContent.toLowerCase().indexOf(word) >= 0;
      row.hidden = !hit;
      var next = row.nextElementSibling;
      if (next && next.className === "trace") { next.hidden = !hit; }
      if (hit) { shown += 1; }
    });
    all("details.group, details.unit").forEach(function (part) {
      var rows = part.querySelectorAll("tr.item:not([hidden])").length;
      part.hidden = Boolean(word) && rows === 0;
      if (word && rows) { part.open = true; }
    });
    count.textContent = word ? "匹配 " + shown + " 条" : "";
  }
  if (box) {
    box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(apply, 150); });
  }
  function fold(open) { all("main details:not(.why)").forEach(function (part) { part.open = open; }); }
  var unfold = document.getElementById("unfold");
  if (unfold) { unfold.addEventListener("click", function () { fold(true); }); }
  var close = document.getElementById("fold");
  if (close) { close.addEventListener("click", function () { fold(false); }); }
  window.addEventListener("beforeprint", function () { fold(true); });
  function reveal() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
