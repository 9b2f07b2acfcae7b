(function () {
  "use strict";
  var form = document.getElementById("filter");
  var kind = document.getElementById("kind");
  var error = document.getElementById("error");
  var said = document.getElementById("shown");
  var articles = Array.from(document.querySelectorAll("details.article"));

  function fits(row) {
    if (kind.value !== "" ? row.dataset.kind !== kind.value : false) return false;
    var errors = row.dataset.errors.split(" ");
    if (error.value === "any") return errors[0] !== "right";
    return error.value === "" || errors.includes(error.value);
  }

  function filter() {
    var filtered = kind.value !== "" || error.value !== "";
    var documents = 0;
    var quotations = 0;
    articles.forEach(function (article) {
      var shown = 0;
      article.querySelectorAll("tr.case").forEach(function (row) {
        row.hidden = !fits(row);
        if (!row.hidden) shown += 1;
      });
      article.hidden = filtered ? shown === 0 : false;
      if (!article.hidden) documents += 1;
      quotations += shown;
    });
    said.textContent = documents + " of " + articles.length + " documents, " +
      quotations + " quotations";
  }

  function open(all) {
    articles.forEach(function (article) { article.open = all; });
  }

  kind.addEventListener("change", filter);
  error.addEventListener("change", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("open").addEventListener("click", function () { open(true); });
  document.getElementById("close").addEventListener("click", function () { open(false); });
  // What is closed would not be printed.
  window.addEventListener("beforeprint", function () { open(true); });
  form.hidden = false;
  filter();
})();
