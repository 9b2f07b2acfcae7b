"""The page for labelling: what is changed is kept, and is what `eval` reads."""

import json
import time

from selenium.webdriver.common.action_chains import ActionChains

from browser import BrowserTest, article, record

# Selects words of the article, as a person does with the mouse.
SELECT = """
var words = arguments[0], text = document.getElementById('text');
var at = text.textContent.indexOf(words), end = at + words.length, range = document.createRange();
var walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), seen = 0, node;
while ((node = walker.nextNode())) {
  var next = seen + node.data.length;
  if (at >= seen && at < next) range.setStart(node, at - seen);
  if (end > seen && end <= next) { range.setEnd(node, end - seen); break; }
  seen = next;
}
window.getSelection().removeAllRanges();
window.getSelection().addRange(range);
"""

# Every request takes a while to go out, so that one can go on before it is answered.
SLOW = """
var real = window.fetch;
window.fetch = function (path, options) {
  return new Promise(function (go) { setTimeout(go, 1200); }).then(function () { return real(path, options); });
};
"""

# No request to keep labels gets through, until `window.isBack`.
CUT_OFF = """
var real = window.fetch;
window.fetch = function (path, options) {
  var isLost = options && options.method === 'PUT' && !window.isBack;
  return isLost ? Promise.reject(new Error('cut off')) : real(path, options);
};
"""


class Label(BrowserTest):
    def setUp(self):
        super().setUp()
        self.labels = self.folder / "labels"
        articles = self.folder / "articles"
        articles.mkdir()
        for name in ["dijkversterking", "havenstaking"]:
            (articles / f"{name}.txt").write_text(article(name), encoding="utf-8")
        names = record("dijkversterking", "dijkversterking") + record("havenstaking", "havenstaking")
        self.service = self.serve(names, "--label", articles, "--labels", self.labels)
        self.open(self.service.address + "/label#2")
        self.wait(lambda: self.all("#quotes li"))

    def press(self, keys):
        ActionChains(self.browser).send_keys(keys).perform()

    def kept(self):
        self.wait(lambda: self.one("#saved").text == "Saved")
        return json.loads((self.labels / "havenstaking.json").read_text(encoding="utf-8"))

    def test_a_labelled_quotation_is_there_after_a_reload(self):
        before = len(self.all("#quotes li"))
        self.run_script(SELECT, "De sjorders in de haven van Moerdrecht")
        self.press("q")
        self.assertEqual(len(self.all("#quotes li")), before + 1)
        self.press("2")
        self.run_script(SELECT, "hervat")
        self.press("c")
        labels = self.kept()
        text = labels["text"]
        words = lambda span: text[span[0]:span[1]]
        added = next(q for q in labels["quotes"] if words(q["span"]).startswith("De sjorders in"))
        self.assertEqual((added["kind"], words(added["cue"])), ("mixed", "hervat"))
        self.assertEqual(words(added["span"]), "De sjorders in de haven van Moerdrecht")
        self.browser.refresh()
        self.wait(lambda: len(self.all("#quotes li")) == before + 1)
        self.assertTrue(any(q.text.find("De sjorders in") >= 0 for q in self.all("#quotes li")))

    def test_accept_correct_and_refuse(self):
        before = len(self.all("#quotes li"))
        self.picture("label", height=1000)
        self.press("a")
        self.press("x")
        labels = self.kept()
        self.assertEqual(len(labels["quotes"]), before - 1)
        self.assertEqual(len(labels["undecided"]), before - 2)
        refused = len(labels["not_quotes"])
        self.assertGreater(refused, 0)
        self.press("z")
        self.wait(lambda: len(self.all("#quotes li")) == before)
        self.assertEqual(len(self.kept()["quotes"]), before)
        self.one("#all").click()
        self.wait(lambda: "1 of 2 done" in self.one("#progress").text)
        self.assertNotIn("undecided", self.kept())

    def test_a_source_is_chosen_or_made(self):
        self.run_script(
            "var s = document.getElementById('speaker'); s.value = '+';"
            "s.dispatchEvent(new Event('change'));"
        )
        name = self.one("#new-name")
        name.clear()
        name.send_keys("Truus van Dam")
        self.one("#new-add").click()
        labels = self.kept()
        made = next(e for e in labels["entities"] if e["name"] == "Truus van Dam")
        self.assertEqual(labels["quotes"][0]["speaker"], made["id"])
        other = labels["quotes"][1]["speaker"]
        self.run_script(
            "var s = document.getElementById('speaker'); s.value = arguments[0];"
            "s.dispatchEvent(new Event('change'));", other
        )
        self.wait(lambda: self.kept()["quotes"][0]["speaker"] == other)

    def test_the_next_article_opens(self):
        self.one("#all").click()
        self.one("#next").click()
        self.wait(lambda: "Waterschap" in self.one("#text").text)
        self.assertTrue((self.labels / "havenstaking.json").exists())

    def articles(self):
        return self.all("#documents button")

    def test_an_edit_while_another_article_is_fetched_is_kept(self):
        before = len(self.all("#quotes li"))
        self.run_script(SLOW)
        self.articles()[0].click()
        self.press("a")
        self.press("a")
        self.wait(lambda: "Waterschap" in self.one("#text").text)
        labels = json.loads((self.labels / "havenstaking.json").read_text(encoding="utf-8"))
        self.assertEqual(len(labels["undecided"]), before - 2)
        self.assertFalse((self.labels / "dijkversterking.json").exists())

    def test_an_edit_while_another_is_saved_is_kept(self):
        before = len(self.all("#quotes li"))
        self.run_script(SLOW)
        self.press("a")
        time.sleep(0.6)
        self.press("a")
        self.assertFalse((self.labels / "havenstaking.json").exists(), "it is still being saved")
        self.wait(lambda: len(self.kept()["undecided"]) == before - 2)

    def test_what_could_not_be_saved_is_not_left_behind(self):
        before = len(self.all("#quotes li"))
        self.run_script(CUT_OFF)
        self.press("a")
        self.wait(lambda: "Not saved" in self.one("#saved").text)
        self.articles()[0].click()
        self.one("#next").click()
        self.wait(lambda: "Not saved" in self.one("#saved").text)
        self.assertIn("Scheldeport", self.one("#text").text)
        self.run_script("window.isBack = true")
        self.articles()[0].click()
        self.wait(lambda: "Waterschap" in self.one("#text").text)
        labels = json.loads((self.labels / "havenstaking.json").read_text(encoding="utf-8"))
        self.assertEqual(len(labels["undecided"]), before - 1)

    def test_an_article_is_proposed_anew(self):
        before = len(self.all("#quotes li"))
        self.press("x")
        self.kept()
        self.one(".exchange summary").click()
        self.one("#forget").click()
        self.wait(lambda: len(self.all("#quotes li")) == before)
        self.assertFalse((self.labels / "havenstaking.json").exists())
