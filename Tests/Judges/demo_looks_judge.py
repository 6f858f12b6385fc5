#!/usr/bin/env python3
"""Looks at the demo's page as people do: demo_looks_judge.py PAGE_URL FOLDER.

With the keyboard alone, on a desk's screen and a telephone's, light and dark: an approval card, a result, a failure, help, status,
pending, history, a lock, a freeze, and a request to two groups with its reminder. Each is photographed into FOLDER. Nothing may be wider than the screen, no card taller
than the log, no text smaller than can be read, and every text must stand out from its ground.
Ends with `N passed, M failed`; exit code 0 only if nothing failed.
"""

import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

CHROMIUM = "/usr/bin/chromium-headless-shell"
PATIENCE_MS = 120_000
SIZES = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
# The least contrast of text that WCAG 2.2 asks for (AA).
CONTRAST = 4.5

CHECK = """([least, smallest]) => {
  const luminance = c => {
    const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > .5) return c.slice(0, 3);
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
  };
  const problems = [];
  if (document.documentElement.scrollWidth > innerWidth) problems.push("wider than the screen");
  const log = document.getElementById("log");
  for (const card of log.querySelectorAll("li:not(.private)"))
    if (card.getBoundingClientRect().height > log.clientHeight) problems.push("a card is taller than the log: " + card.textContent.slice(0, 60));
  const walker = document.createTreeWalker(log, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    if (!node.textContent.trim() || !node.parentElement.checkVisibility()) continue;
    const style = getComputedStyle(node.parentElement), a = luminance(parse(style.color).slice(0, 3)), b = luminance(ground(node.parentElement));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < least && node.textContent.trim().length > 2) problems.push(node.textContent.trim().slice(0, 40) + ": contrast " + ratio.toFixed(2));
    if (parseFloat(style.fontSize) < smallest) problems.push(node.textContent.trim().slice(0, 40) + ": " + style.fontSize);
  }
  return [...new Set(problems)];
}"""


class Page:
    def __init__(self, browser, url, size, scheme, folder):
        self.name, self.size, self.folder = f"{size}-{scheme}", size, folder
        context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.goto(url)
        self.channel = self.page.get_by_role("log")
        self.problems = []

    def say(self, text):
        """Types as with nothing but keys: a slash goes to the input."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.keyboard.press("/")
        self.page.keyboard.type(text.removeprefix("/"))
        self.page.keyboard.press("Enter")

    def press(self, label):
        """Goes back with the tabulator to the newest button of that label and presses it."""
        self.channel.get_by_role("button", name=label).last.wait_for()
        for _ in range(400):
            self.page.keyboard.press("Shift+Tab")
            if self.page.evaluate("[document.activeElement.tagName, document.activeElement.textContent]") == ["BUTTON", label]:
                break
        else:
            raise AssertionError(f"{label} cannot be reached with the keyboard")
        self.page.keyboard.press("Enter")

    def be(self, name):
        """Whoever sits there is chosen with the keyboard."""
        button = self.page.get_by_role("list", name="You are").get_by_role("button", name=name)
        # The list may be drawn anew between two keys.
        for _ in range(10):
            button.press("Enter")
            try:
                return expect(button).to_have_attribute("aria-pressed", "true", timeout=2000)
            except AssertionError:
                continue
        raise AssertionError(f"{name} cannot be chosen with the keyboard")

    def pass_time(self):
        self.page.get_by_role("group", name="Let time pass").get_by_role("button", name="+15 min").press("Enter")

    def look(self, what, text):
        expect(self.channel).to_contain_text(text)
        self.page.wait_for_timeout(150)
        self.page.screenshot(path=self.folder / f"{what}-{self.name}.png")
        found = self.page.evaluate(CHECK, [CONTRAST, 16 if self.size == "phone" else 12])
        self.problems += [f"{what} ({self.name}): {problem}" for problem in found]


def looks(page, first, freeze):
    page.be("amy")
    page.say("/cluster 42 restart workers because the driver is new")
    page.look("approval", f"#{first} ·")
    page.be("bob")
    page.press("Approve")
    page.look("result", "approved by bob")
    page.be("amy")
    for what, line, text in [
        ("help", "/cluster help", "What you may do here"), ("status", "/cluster 43 status", "43 dev-train: Running"),
        ("pending", "/cluster pending", "waiting"), ("history", "/cluster history", "History"),
        ("failure", "/cluster 43 image 99", "nothing was sent"), ("choices", "/cluster 43 image", "Images for 43 dev-train"),
        ("near-miss", "/cluster 43 sclae 1", "Did you mean"),
    ]:
        page.say(line)
        page.look(what, text)
    page.say(f"/cluster show {first}")
    page.look("show", "Messages:")
    page.press("43 scale 1")
    page.look("offer", "+1 node on dev-train")
    page.press("Withdraw")
    # A link to a message leads to it on the page.
    page.channel.get_by_role("link", name="the card").last.press("Enter")
    expect(page.page.locator("li:focus")).to_contain_text(f"#{first} ·")
    page.be("bob")
    page.say(f"/cluster 43 lock for 1h because I measure {first}")
    page.look("lock", f"“I measure {first}”")
    page.press("Unlock")
    unlocked = page.channel.get_by_role("listitem").filter(has_text="bob unlocked 43 dev-train")
    expect(unlocked).to_have_count(int(freeze[1:]))
    page.look("unlock", "bob unlocked 43 dev-train")
    page.say('/cluster freeze "demo for customers" 43 for 1h')
    page.look("freeze", "bob froze 43 dev-train")
    page.say(f"/cluster unfreeze {freeze}")
    page.look("unfreeze", f"bob ended the freeze {freeze}")
    page.be("amy")
    page.say("/cluster 42 sg remove jupyter")
    page.look("two-groups", f"#{first + 3} ·")
    page.pass_time()
    page.look("reminder", f"#{first + 3} still waits")
    page.press("Withdraw")
    page.look("withdrawn", f"#{first + 3} withdrawn")


def main(url, folder):
    expect.set_options(timeout=PATIENCE_MS)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    problems = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        first, freeze = 1, 1
        for size in SIZES:
            for scheme in ["light", "dark"]:
                page = Page(browser, url, size, scheme, folder)
                # The cluster that was restarted runs again: time has passed meanwhile.
                looks(page, first, f"F{freeze}")
                problems += page.problems
                first, freeze = first + 4, freeze + 1
                page.page.context.close()
        browser.close()
    if problems:
        raise AssertionError("\n".join(problems))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except Exception as error:  # a judge that stops must never look like a pass
        print(f"FAIL {type(error).__name__}: {error}")
        print("0 passed, 1 failed")
        sys.exit(1)
    print("1 passed, 0 failed")
