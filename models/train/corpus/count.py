"""Counts of the authored corpus, field by field; with --write, into README.md.

    python count.py [--write]
"""
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import generate
from windows import HELD_OUT

START, END = "<!-- counts: python count.py --write -->", "<!-- end of counts -->"


def table(fields) -> str:
    rows = ["| field | relations | statements | negatives | literal tails | left out for FewRel validation |", "|---|---|---|---|---|---|"]
    total = [0] * 5
    for field in fields:
        relations = field["relations"]
        counts = [len(relations), sum(len(r["statements"]) for r in relations), sum(len(r["negatives"]) for r in relations),
                  sum(isinstance(r["range"], str) for r in relations), sum(bool(generate.means(r) & set(HELD_OUT)) for r in relations)]
        total = [a + b for a, b in zip(total, counts)]
        rows.append(f"| {field['field']} | " + " | ".join(map(str, counts)) + " |")
    rows.append(f"| **{len(fields)} fields** | " + " | ".join(f"**{n}**" for n in total) + " |")
    kept = sum(1 for f in fields for _ in generate.template_rows(f))
    held = ", ".join(f"{r['id']} ({', '.join(sorted(generate.means(r) & set(HELD_OUT)))})" for f in fields for r in f["relations"] if generate.means(r) & set(HELD_OUT))
    return "\n".join(rows) + f"\n\n{kept} of {total[1] + total[2]} templates pass the filter and the near-duplicate test.\n\nLeft out where FewRel validation is measured: {held}."


if __name__ == "__main__":
    text = table(generate.load_fields(HERE / "fields"))
    print(text)
    if "--write" in sys.argv:
        readme = HERE / "README.md"
        before, rest = readme.read_text(encoding="utf8").split(START)
        readme.write_text(before + START + "\n" + text + "\n" + END + rest.split(END)[1], encoding="utf8")
