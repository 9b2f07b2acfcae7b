"""The page on a corpus: its numbers are those of the JSON lines."""

import collections
import csv
import json
import random
import subprocess

from selenium.webdriver.common.keys import Keys

from browser import PROGRAM, ROOT, BrowserTest

OUTLETS = ["nos", "De Bode", "Het Nieuwsblad van Meerdam"]


def corpus(folder):
    """Quotations of the invented articles in `eval/gold/dev`, with dates and
    outlets that are invented too."""
    random.seed(4)
    articles = folder / "articles.jsonl"
    with articles.open("w", encoding="utf-8") as out:
        for path in sorted((ROOT / "eval" / "gold" / "dev").glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            date = f"2019-{random.randint(1, 7):02}-{random.randint(1, 28):02}"
            line = {"id": gold["id"], "text": gold["text"], "date": date,
                    "outlet": random.choice(OUTLETS)}
            out.write(json.dumps(line) + "\n")
    names = ROOT / "eval" / "gold" / "names.jsonl"
    quotations = folder / "quotations.jsonl"
    with quotations.open("wb") as out:
        subprocess.run([PROGRAM, "attribute", "--quiet", "--names", names, articles],
                       stdout=out, check=True)
    page = folder / "report.html"
    subprocess.run([PROGRAM, "report", "--quiet", quotations, "--texts", articles,
                    "--title", "Invented articles", "--gender", "-o", page], check=True)
    lines = quotations.read_text(encoding="utf-8").splitlines()
    return page, [json.loads(line) for line in lines]

# The shares of the whole corpus, in percent, as the page works out those of a part.
COMPUTED = """
var data = JSON.parse(document.getElementById('data').textContent);
var aspects = JSON.parse(document.getElementById('mistakes').textContent).aspects;
var q = data.q, genders = ['female', 'male'];
var of = {
  kind: function (n) { return q.kind[n]; },
  type: function (n) { return q.source[n] < 0 ? 5 : data.sources.type[q.source[n]]; },
  gender: function (n) {
    var source = q.source[n];
    return source < 0 || data.sources.type[source] !== 0 ? -1 : genders.indexOf(data.sources.gender[source]);
  }
};
var width = 0, offsets = aspects.map(function (aspect) { return (width += aspect.classes) - aspect.classes; });
var counts = new Uint32Array(data.documents.id.length * width);
q.document.forEach(function (document, n) {
  aspects.forEach(function (aspect, a) {
    var place = of[aspect.key](n);
    if (place >= 0) counts[document * width + offsets[a] + place] += 1;
  });
});
var work = wiezeiShares.begin(aspects, counts);
work.step(1000);
var names = { kind: data.kinds, type: data.types.concat('no source'), gender: genders }, shares = {};
work.result().forEach(function (result, a) {
  result.classes.forEach(function (one, place) {
    shares[names[aspects[a].key][place]] =
      [one.found, one.corrected].concat(one.interval).map(function (share) { return 100 * share; });
  });
});
return shares;
"""


class Report(BrowserTest):
    def setUp(self):
        super().setUp()
        page, self.documents = corpus(self.folder)
        self.open(page.as_uri())
        self.wait(lambda: self.all("#t-sources tbody tr"))

    def quotes(self, wanted=lambda document: True):
        return [quote for document in self.documents if wanted(document)
                for quote in document["quotes"]]

    def number(self, text):
        return int(text.replace(",", ""))

    def tiles(self):
        tiles = {}
        for tile in self.all(".tile"):
            value, label = tile.text.split("\n")
            tiles[label.split(",")[0]] = self.number(value)
        return tiles

    def column(self, place, column):
        rows = {}
        for row in self.all(f"#{place} tbody tr"):
            cells = row.find_elements("css selector", "th, td")
            rows[cells[0].text] = self.number(cells[column].text)
        return rows

    def choose(self, field, value):
        self.run_script(
            "var f = document.getElementById(arguments[0]); f.value = arguments[1];"
            "f.dispatchEvent(new Event('input', {bubbles: true}));", field, value)

    def shown(self):
        return self.number(self.one("#shown").text.split(" ")[0])

    def test_the_numbers_are_those_of_the_json_lines(self):
        quotes = self.quotes()
        tiles = self.tiles()
        self.assertEqual(tiles["quotations"], len(quotes))
        self.assertEqual(tiles["articles"], len(self.documents))
        kinds = collections.Counter(quote["kind"] for quote in quotes)
        self.assertEqual({kind: tiles[kind] for kind in kinds}, dict(kinds))
        self.assertEqual(tiles["with a source"], sum(q["speaker"] is not None for q in quotes))
        types = collections.Counter(
            q["speaker"]["type"] if q["speaker"] else "no source" for q in quotes)
        self.assertEqual(self.column("t-types", 1), dict(types))
        outlets = collections.Counter()
        for document in self.documents:
            outlets[document["metadata"]["outlet"]] += len(document["quotes"])
        self.assertEqual(self.column("t-outlets", 2), dict(outlets))
        stances = collections.Counter(q["stance"] for q in quotes if "stance" in q)
        self.assertEqual(self.column("t-stances", 1), dict(stances))
        self.picture("report")
        self.dark()
        self.picture("report-dark", height=1400)

    def test_filters_leave_what_they_should(self):
        self.choose("f-kind", "2")
        indirect = sum(quote["kind"] == "indirect" for quote in self.quotes())
        self.wait(lambda: self.shown() == indirect)
        self.assertEqual(self.tiles()["indirect"], indirect)
        self.choose("f-kind", "")
        self.choose("f-from", "2019-04-01")
        late = len(self.quotes(lambda document: document["metadata"]["date"] >= "2019-04-01"))
        self.wait(lambda: self.shown() == late)
        self.one("#filters button[type=reset]").click()
        self.wait(lambda: self.shown() == len(self.quotes()))

    def test_a_number_opens_the_quotations_behind_it(self):
        row = self.one("#t-sources tbody tr")
        name = row.find_element("css selector", "th").text
        button = row.find_element("css selector", "button.n")
        count = self.number(button.text)
        button.click()
        self.wait(lambda: self.one("#dialog").is_displayed())
        listed = self.all("#d-list li")
        self.assertEqual(len(listed), count)
        self.assertTrue(all(name in item.text for item in listed))
        self.picture("report-quotations", height=1000)
        self.one("#d-close").click()
        self.assertFalse(self.one("#dialog").is_displayed())

    def test_a_table_sorts_and_finds(self):
        header = self.all("#t-sources thead button")[0]
        header.click()
        names = [row.text for row in self.all("#t-sources tbody th")]
        self.assertEqual(names, self.run_script(
            "return arguments[0].slice().sort(function (a, b) { return a.localeCompare(b, 'nl'); })", names))
        self.one("#t-sources input").send_keys("zzzz")
        self.wait(lambda: not self.all("#t-sources tbody tr"))

    def test_shares_have_intervals_around_them(self):
        rows = self.all("#shares tbody tr")
        self.assertEqual(len(rows), 3 + 6 + 2)
        for row in rows:
            cells = [cell.text for cell in row.find_elements("css selector", "td")]
            low, high = cells[3].strip("[]").split(", ")
            self.assertLessEqual(float(low), float(cells[2]))
            self.assertGreaterEqual(float(high), float(cells[2]))

    def shares(self):
        """Of each class: found, share found, corrected, low, high."""
        self.wait(lambda: self.one("#shares").get_attribute("aria-busy") is None)
        rows = {}
        for row in self.all("#shares tbody tr"):
            cells = [cell.text for cell in row.find_elements("css selector", "th, td")]
            low, high = cells[4].strip("[]").split(", ")
            rows[cells[0]] = [self.number(cells[1]), *map(float, [cells[2], cells[3], low, high])]
        return rows

    def test_shares_of_a_filter_are_corrected_as_those_of_the_corpus(self):
        of_corpus = self.shares()
        said = self.one("#shares-of").text
        first = min(document["metadata"]["date"] for document in self.documents)
        self.choose("f-from", first)
        self.wait(lambda: self.shown() == len(self.quotes()))
        self.assertEqual(self.shares(), of_corpus, "nothing is left out")
        self.choose("f-outlet", "1")
        outlet = self.run_script(
            "var f = document.getElementById('f-outlet'); return f.options[f.selectedIndex].text")
        quotes = self.quotes(lambda document: document["metadata"]["outlet"] == outlet)
        self.wait(lambda: "Of the outlet and dates" in self.one("#shares-of").text)
        shares = self.shares()
        kinds = collections.Counter(quote["kind"] for quote in quotes)
        for kind, count in kinds.items():
            found, share, corrected, low, high = shares[kind]
            self.assertEqual(found, count)
            self.assertAlmostEqual(share, 100 * count / len(quotes), delta=0.051)
            self.assertTrue(0 <= low <= corrected <= high <= 100, kind)
        self.assertAlmostEqual(sum(shares[kind][2] for kind in kinds), 100, delta=0.2)
        self.assertNotEqual(shares, of_corpus)
        self.choose("f-kind", "0")
        self.wait(lambda: self.shown() == kinds["direct"])
        self.assertEqual(self.shares(), shares, "a kind is chosen by what was found")
        self.one("#filters button[type=reset]").click()
        self.wait(lambda: self.one("#shares-of").text == said)
        self.assertEqual(self.shares(), of_corpus)

    def test_the_page_corrects_as_the_program_does(self):
        of_corpus = self.shares()
        mine = self.run_script(COMPUTED)
        for name, (found, share, corrected, low, high) in of_corpus.items():
            one = mine[name]
            self.assertAlmostEqual(one[0], share, delta=0.051, msg=name)
            self.assertAlmostEqual(one[1], corrected, delta=0.051, msg=name)
            # Other random numbers: the bounds move, but not by much of the width.
            self.assertAlmostEqual(one[2], low, delta=max(1, 0.15 * (high - low)), msg=name)
            self.assertAlmostEqual(one[3], high, delta=max(1, 0.15 * (high - low)), msg=name)

    def test_every_number_in_a_table_opens_its_quotations(self):
        for place in ["t-sources", "t-types", "t-outlets", "t-together", "t-stances"]:
            row = self.one(f"#{place} tbody tr")
            cells = row.find_elements("css selector", "td.n")
            self.assertTrue(cells, place)
            for cell in cells:
                button = cell.find_element("css selector", "button.n")
                self.run_script("arguments[0].click()", button)
                self.assertIn("quotation", self.one("#d-title").text)
                self.run_script("document.getElementById('d-close').click()")

    def test_by_keyboard_alone(self):
        button = self.one("#t-sources tbody button.n")
        self.run_script("arguments[0].focus()", button)
        self.browser.switch_to.active_element.send_keys(Keys.ENTER)
        self.wait(lambda: self.one("#dialog").is_displayed())
        self.browser.switch_to.active_element.send_keys(Keys.ESCAPE)
        self.wait(lambda: not self.one("#dialog").is_displayed())
        self.assertEqual(self.browser.switch_to.active_element, button)

    def test_a_table_is_downloaded_as_csv(self):
        downloads = self.folder / "downloads"
        downloads.mkdir()
        self.browser.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
        self.run_script(
            "arguments[0].click()", self.one("#t-sources button[aria-label^='Download']"))
        self.wait(lambda: (downloads / "Sources.csv").exists())
        with (downloads / "Sources.csv").open(encoding="utf-8-sig", newline="") as table:
            rows = list(csv.DictReader(table))
        counts = collections.Counter(
            (q["speaker"]["name"], q["speaker"]["type"]) for q in self.quotes() if q["speaker"])
        told = collections.Counter()
        for row in rows:
            told[row["source"].removeprefix("'"), row["type"]] += int(row["quotations"])
        self.assertEqual(told, counts)

    def test_a_corrected_share_opens_what_was_found(self):
        for button in self.all("#shares button.n"):
            count = self.number(button.text)
            self.run_script("arguments[0].click()", button)
            self.assertIn(f": {count:,} quotation", self.one("#d-title").text)
            self.run_script("document.getElementById('d-close').click()")

    def test_warnings_name_what_was_not_measured(self):
        said = self.one(".warn").text
        self.assertIn("De Bode", said)
        self.assertNotIn("(nos", said)
