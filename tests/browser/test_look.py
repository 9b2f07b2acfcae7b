"""An article on a page: from `wiezei attribute --format html`, and pasted at /."""

import json
import subprocess

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import PROGRAM, ROOT, BrowserTest, article, record


class Look(BrowserTest):
    def paste(self, service, text):
        self.open(service.address)
        self.run_script("document.getElementById('text').value = arguments[0]", text)
        self.one("#go").click()
        self.wait(lambda: self.all("#result .card"))

    def speaker(self, words):
        for card in self.all(".cards .card"):
            if words in card.text:
                return card.find_element("css selector", ".head b").text
        self.fail(f"no quotation with {words}")

    def test_a_pasted_article_shows_who_said_what(self):
        service = self.serve(record("article", "havenstaking"))
        self.open(service.address)
        self.picture("paste", height=900)
        self.paste(service, article("havenstaking"))
        self.assertEqual(self.speaker("Wij vragen geen bonussen"), "Ineke Tromp")
        self.assertEqual(self.speaker("Eerst aan het werk"), "Jeroen Tromp")
        self.assertEqual(self.speaker("zestien schepen"), "Scheldeport")
        shown = self.run_script(
            "var text = document.querySelector('.text').cloneNode(true);"
            "text.querySelectorAll('.badge').forEach(function (b) { b.remove(); });"
            "return text.textContent;"
        )
        self.assertEqual(shown, article("havenstaking"))

    def test_why_by_mouse_and_by_keyboard(self):
        service = self.serve(record("article", "dijkversterking"))
        self.paste(service, article("dijkversterking"))
        self.assertIn("Point at a quotation", self.one(".why").text)
        mark = next(m for m in self.all("mark.q") if "De aannemer kan" in m.text)
        ActionChains(self.browser).move_to_element(mark).perform()
        self.wait(lambda: "clause-after" in self.one(".why").text)
        self.assertIn("Marijke van Osnabrugge", self.one(".why").text)
        self.assertTrue(self.all(".lines path"), "a line leads to the mention")
        self.picture("article", height=1000)
        self.dark()
        self.picture("article-dark", height=1000)
        self.dark(False)
        badges = self.all(".badge")
        self.run_script("arguments[0].focus()", badges[0])
        ActionChains(self.browser).send_keys(Keys.TAB).perform()
        focused = self.run_script("return document.activeElement.dataset.show")
        self.assertEqual(focused, badges[1].get_attribute("data-show"))
        self.assertEqual(self.one(".why .letter sub").text, focused)

    def test_indirect_speech_goes_and_comes_back(self):
        service = self.serve(record("article", "havenstaking"))
        self.paste(service, article("havenstaking"))
        shown = lambda: sum(badge.is_displayed() for badge in self.all(".badge.indirect"))
        before = shown()
        self.assertGreater(before, 0)
        direct = sum(badge.is_displayed() for badge in self.all(".badge.direct"))
        self.one("#indirect").click()
        self.assertEqual(shown(), 0)
        self.assertEqual(sum(b.is_displayed() for b in self.all(".badge.direct")), direct)
        self.one("#indirect").click()
        self.assertEqual(shown(), before)

    def test_one_source_alone(self):
        service = self.serve(record("article", "dijkversterking"))
        self.paste(service, article("dijkversterking"))
        source = next(s for s in self.all(".source") if "Youssef" in s.text)
        source.click()
        self.assertEqual(source.get_attribute("aria-pressed"), "true")
        cards = [card for card in self.all(".cards .card") if card.is_displayed()]
        self.assertTrue(cards and all("Youssef" in card.text for card in cards))

    def test_json_and_csv_are_copied(self):
        service = self.serve(record("article", "havenstaking"))
        grant = {"origin": service.address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        self.browser.execute_cdp_cmd("Browser.grantPermissions", grant)
        self.paste(service, article("havenstaking"))
        copied = lambda: self.run_script("return navigator.clipboard.readText()")
        self.one("#json").click()
        self.wait(lambda: "JSON copied" in self.one("#state").text)
        document = json.loads(copied())
        self.assertEqual(len(document["quotes"]), len(self.all(".cards .card")))
        self.one("#csv").click()
        self.wait(lambda: "CSV copied" in self.one("#state").text)
        self.assertTrue(copied().startswith("document,title,quotation,kind"))

    def test_what_is_wrong_is_told(self):
        service = self.serve("")
        self.open(service.address)
        self.one("#go").click()
        self.assertIn("no text yet", self.one("#state").text)

    def test_the_page_of_attribute_is_the_same_offline(self):
        names = self.folder / "names.jsonl"
        names.write_text(record("havenstaking", "havenstaking")
                         + record("dijkversterking", "dijkversterking"), encoding="utf-8")
        articles = [ROOT / "corpus" / f"{name}.txt" for name in ["dijkversterking", "havenstaking"]]
        page = subprocess.run(
            [PROGRAM, "attribute", "--quiet", "--names", names, "--format", "html", *articles],
            check=True, capture_output=True,
        ).stdout
        path = self.folder / "page.html"
        path.write_bytes(page)
        self.open(path.as_uri())
        self.assertEqual(len(self.all(".article")), 2)
        self.assertEqual(len(self.all("#chosen option")), 2)
        self.assertEqual(self.speaker("Wij vragen geen bonussen"), "Ineke Tromp")
