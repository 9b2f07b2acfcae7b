// Shows why a quotation has its source where one points or moves to it, with a
// line to the words that name the source. The page holds all of it already;
// without this script the list below each article has the same.
var wiezeiArticle = (function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";

  function has(element, name, number) {
    var all = element.dataset[name];
    return all !== undefined && all.split(" ").includes(String(number));
  }

  function start(article) {
    var text = article.querySelector(".text");
    var why = article.querySelector(".why");
    var hint = why.innerHTML;
    var pieces = Array.from(text.querySelectorAll("mark, span"));
    var badges = Array.from(text.querySelectorAll(".badge"));
    var cards = Array.from(article.querySelectorAll(".card"));
    var sources = Array.from(article.querySelectorAll(".source"));
    var pinned = null;
    var shown = null;

    function cardOf(number) {
      return cards.find(function (card) { return card.dataset.card === String(number); });
    }

    function clear() {
      text.querySelectorAll(".on").forEach(function (piece) { piece.classList.remove("on"); });
      text.querySelectorAll(".lines").forEach(function (lines) { lines.remove(); });
    }

    // A curve from the quotation to the words that name its source.
    function connect(number, card) {
      var badge = badges.find(function (one) { return one.dataset.show === String(number); });
      var mention = pieces.find(function (piece) { return has(piece, "mention", number); });
      if (!badge || !mention) return;
      var frame = text.getBoundingClientRect();
      var from = badge.getBoundingClientRect();
      var to = mention.getClientRects()[0];
      if (!to || from.width === 0) return;
      var x1 = from.left - frame.left + from.width / 2;
      var x2 = to.left - frame.left + Math.min(to.width, 60) / 2;
      var below = to.top > from.bottom;
      var above = to.bottom < from.top;
      var y1 = below ? from.bottom - frame.top : from.top - frame.top;
      var y2 = above ? to.bottom - frame.top : to.top - frame.top;
      var bend = below || above ? (y1 + y2) / 2 : Math.min(y1, y2) - 26;
      var svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("class", "lines " + Array.from(card.classList).filter(function (name) {
        return name.startsWith("c-");
      }).join(" "));
      svg.setAttribute("aria-hidden", "true");
      var path = document.createElementNS(SVG, "path");
      path.setAttribute("d", "M" + x1 + " " + y1 + "C" + x1 + " " + bend + " " + x2 + " " + bend +
        " " + x2 + " " + y2);
      var end = document.createElementNS(SVG, "circle");
      end.setAttribute("cx", x2);
      end.setAttribute("cy", y2);
      end.setAttribute("r", 3.5);
      svg.append(path, end);
      text.append(svg);
    }

    function show(number) {
      if (shown === number) return;
      shown = number;
      clear();
      var card = number === null ? undefined : cardOf(number);
      if (!card) {
        why.innerHTML = hint;
        return;
      }
      pieces.forEach(function (piece) {
        var is = has(piece, "q", number) || has(piece, "cue", number) || has(piece, "mention", number);
        piece.classList.toggle("on", is);
      });
      var copy = document.createElement("div");
      copy.className = card.className.replace(/\bof\b/, "");
      Array.from(card.childNodes).forEach(function (node) { copy.append(node.cloneNode(true)); });
      why.replaceChildren(copy);
      connect(number, card);
    }

    function isHidden(number) {
      var toggle = document.getElementById("indirect");
      var card = cardOf(number);
      return toggle && !toggle.checked && card && card.classList.contains("indirect");
    }

    // The innermost quotation that is shown.
    function at(target) {
      var badge = target.closest(".badge");
      if (badge) return badge.dataset.show;
      var mark = target.closest("mark.q");
      if (!mark || !text.contains(mark)) return null;
      var all = mark.dataset.q.split(" ");
      return all.find(function (number) { return !isHidden(number); }) || null;
    }

    text.addEventListener("mouseover", function (event) {
      var number = at(event.target);
      if (number !== null) show(number); else if (pinned === null) show(null); else show(pinned);
    });
    text.addEventListener("mouseleave", function () { show(pinned); });
    text.addEventListener("focusin", function (event) { show(at(event.target)); });
    text.addEventListener("click", function (event) {
      var number = at(event.target);
      if (event.target.closest(".badge")) event.preventDefault();
      pinned = pinned === number ? null : number;
      shown = undefined;
      show(number);
    });
    article.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      pinned = null;
      show(null);
    });
    window.addEventListener("resize", function () {
      var number = shown;
      shown = undefined;
      show(number === undefined ? null : number);
    });

    // One source alone, with everything that refers to it.
    sources.forEach(function (source) {
      source.addEventListener("click", function () {
        var on = source.getAttribute("aria-pressed") !== "true";
        sources.forEach(function (other) { other.setAttribute("aria-pressed", "false"); });
        source.setAttribute("aria-pressed", String(on));
        article.classList.toggle("choosing", on);
        var number = source.dataset.of;
        var own = {};
        cards.forEach(function (card) {
          var is = on && card.dataset.by === number;
          card.classList.toggle("of", is);
          own[card.dataset.card] = is;
        });
        badges.forEach(function (badge) { badge.classList.toggle("of", own[badge.dataset.show]); });
        pieces.forEach(function (piece) {
          var inner = piece.dataset.q ? piece.dataset.q.split(" ")[0] : "";
          piece.classList.toggle("of", own[inner] === true);
          piece.classList.toggle("named", on && number !== "0" && has(piece, "source", number));
        });
      });
    });
  }

  // Chooses among the articles of a page with many.
  function choose(articles) {
    var choice = document.getElementById("choose");
    var chosen = document.getElementById("chosen");
    if (!choice || articles.length < 2) return;
    articles.forEach(function (article) {
      var option = document.createElement("option");
      var title = article.querySelector(".title");
      option.value = article.id;
      option.textContent = title ? Array.from(title.childNodes).map(function (node) {
        return node.classList && node.classList.contains("badge") ? "" : node.textContent;
      }).join("") : article.getAttribute("aria-label");
      chosen.append(option);
    });
    chosen.addEventListener("change", function () {
      document.getElementById(chosen.value).scrollIntoView();
    });
    choice.hidden = false;
  }

  function all(root) {
    var articles = Array.from(root.querySelectorAll(".article"));
    articles.forEach(start);
    choose(articles);
  }

  return { start: all };
})();
