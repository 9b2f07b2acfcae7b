// The page where one pastes an article: sends it to this program, and shows
// what comes back. Nothing is sent anywhere else.
(function () {
  "use strict";
  var EXAMPLE = "Gemeente houdt Kromme Brug een half jaar dicht\n\n" +
    "MEERDAM - \"De brug blijft dicht tot het voorjaar\", zegt wethouder Noor Bakker. Volgens haar " +
    "is het staal op drie plaatsen gescheurd.\n\n" +
    "Marktkoopman Joris de Wit noemt het besluit \"een ramp voor de binnenstad\". Hij vindt dat " +
    "de gemeente een veerpont moet laten varen.\n\n" +
    "Een woordvoerder van Rijkswaterstaat laat weten dat daar aan gewerkt wordt. \"We kijken of " +
    "het voor de kerst lukt\", aldus de woordvoerder.\n";
  var form = document.getElementById("ask");
  var area = document.getElementById("text");
  var state = document.getElementById("state");
  var result = document.getElementById("result");
  var tools = document.getElementById("tools");
  var asked = null;

  function say(words, isBad) {
    state.textContent = words;
    state.classList.toggle("bad", Boolean(isBad));
  }

  function ask(type) {
    return fetch("/v1/attribute?explain=true", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept": type },
      body: JSON.stringify(asked)
    }).then(function (response) {
      if (response.ok) return response.text();
      return response.json().then(function (problem) {
        throw new Error(problem.title + ": " + problem.detail);
      });
    });
  }

  function look(id) {
    var text = area.value;
    if (text.trim() === "") {
      say("There is no text yet.", true);
      area.focus();
      return;
    }
    asked = { id: id || "article", text: text };
    say("Reading …");
    document.body.classList.add("busy");
    var begun = performance.now();
    ask("text/html").then(function (html) {
      // Made by this program, which escapes every word of the text.
      result.innerHTML = html;
      wiezeiArticle.start(result);
      form.hidden = true;
      tools.hidden = false;
      say("Read in " + ((performance.now() - begun) / 1000).toFixed(1) + " s.");
      result.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }).catch(function (error) {
      say(error.message, true);
    }).finally(function () {
      document.body.classList.remove("busy");
    });
  }

  function copy(type, name) {
    ask(type).then(function (text) {
      return navigator.clipboard.writeText(text);
    }).then(function () {
      say(name + " copied.");
    }).catch(function (error) {
      say("Not copied. " + error.message, true);
    });
  }

  function open(file) {
    file.text().then(function (text) {
      area.value = text;
      look(file.name.replace(/\.[^.]*$/, ""));
    });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    look();
  });
  area.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) look();
  });
  document.getElementById("example").addEventListener("click", function () {
    area.value = EXAMPLE;
    look("example");
  });
  document.getElementById("file").addEventListener("change", function (event) {
    if (event.target.files.length > 0) open(event.target.files[0]);
    event.target.value = "";
  });
  document.addEventListener("dragover", function (event) {
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", function () { form.classList.remove("over"); });
  document.addEventListener("drop", function (event) {
    event.preventDefault();
    form.classList.remove("over");
    var files = event.dataTransfer.files;
    var text = event.dataTransfer.getData("text/plain");
    if (files.length > 0) {
      open(files[0]);
    } else if (text) {
      area.value = text;
      look();
    }
  });
  document.getElementById("json").addEventListener("click", function () {
    copy("application/json", "JSON");
  });
  document.getElementById("csv").addEventListener("click", function () { copy("text/csv", "CSV"); });
  document.getElementById("again").addEventListener("click", function () {
    result.replaceChildren();
    form.hidden = false;
    tools.hidden = true;
    say("");
    area.focus();
    area.select();
  });
})();
