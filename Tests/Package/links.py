"""Follows each link of the texts in folders to its file; complains of those that lead nowhere. Links to the web are passed by."""

import pathlib
import re
import sys

lost = count = 0
for folder in map(pathlib.Path, sys.argv[1:]):
    for page in [*folder.glob("*.md"), *folder.glob("handbook/*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
            if "://" in target:
                continue
            count += 1
            if not (page.parent / target).exists():
                lost += 1
                print(f"{page.relative_to(folder)}: {target}", file=sys.stderr)
if not count:
    print("no links were found", file=sys.stderr)
sys.exit(1 if lost or not count else 0)
