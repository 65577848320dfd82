/* A small accessibility toolbar: larger text, stronger contrast. */
var aria = { size: 0, start: function () {
  this.size = (this.size + 1) % 4;
  document.documentElement.style.fontSize = 100 + this.size * 15 + "%";
  document.body.style.zoom = 1 + this.size * 0.15;
} };
