"""Checks of the corpus and its generator: python test_generate.py"""
import random
import re
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import generate
from windows import HELD_OUT

FIELDS = generate.load_fields(HERE / "fields")
POOLS = dict(PER=["Barack Obama"], ORG=["NASA"], LOC=["Rome"], MISC=["Ulysses"])


def names(seed=1, pools=POOLS):
    return generate.Names(pools, random.Random(seed))


class Corpus(unittest.TestCase):
    def relations(self):
        return [(f["field"], r) for f in FIELDS for r in f["relations"]]

    def test_is_broad_enough(self):
        self.assertGreaterEqual(len(FIELDS), 30)
        self.assertGreaterEqual(len(self.relations()), 400)
        for field, r in self.relations():
            self.assertGreaterEqual(len(r["statements"]), 15, r["id"])
            self.assertGreaterEqual(len(r["negatives"]), 10, r["id"])

    def test_names_each_relation_once(self):
        ids = [r["id"] for _, r in self.relations()]
        self.assertEqual(sorted(ids), sorted(set(ids)))

    def test_every_statement_passes_the_schema_filter(self):
        wrong = [(r["id"], s) for _, r in self.relations() for s in r["statements"] if not generate.fits(s, r)]
        self.assertEqual(wrong, [])

    def test_few_templates_are_near_duplicates(self):
        every = sum(len(r["statements"]) + len(r["negatives"]) for _, r in self.relations())
        kept = sum(1 for f in FIELDS for _ in generate.template_rows(f))
        self.assertGreater(kept, 0.99 * every)

    def test_no_template_both_states_and_denies_a_relation(self):
        for field, r in self.relations():
            masked = lambda s: generate.SLOT.sub(lambda m: f"<{m.group(1)}>", s)
            stated = {masked(s) for s in r["statements"]}
            self.assertFalse(stated & {masked(n["text"]) for n in r["negatives"] if n.get("holds") in (None, "none")}, r["id"])

    def test_relations_of_the_held_out_meaning_can_be_left_out(self):
        drop = frozenset(HELD_OUT)
        left = generate.relation_texts(FIELDS, drop)
        for key in ("FAMILY_MOTHER", "FAMILY_FATHER", "FAMILY_SPOUSE", "FAMILY_CHILD", "PART_OF_BOOK_SERIES", "MEMBER_OF_ORDER", "SUCCEEDED_MONARCH"):
            self.assertNotIn("au:" + key, left)
        for field in FIELDS:
            for w in generate.field_windows(field, names(), random.Random(2), 1, drop):
                for p in w.pairs: self.assertTrue(p.holds <= left.keys(), w.text)


class Generator(unittest.TestCase):
    def windows(self, per=1, seed=3):
        chance = random.Random(seed)
        n = generate.Names(POOLS, chance)
        return [w for f in FIELDS[::4] for w in generate.field_windows(f, n, chance, per)]

    def test_gives_the_same_windows_for_the_same_seed(self):
        self.assertEqual([w.text for w in self.windows()], [w.text for w in self.windows()])

    def test_both_ends_stand_in_the_text(self):
        for w in self.windows():
            self.assertTrue(generate.in_context(w.text, w.pairs), w.text)

    def test_leaves_no_slot_or_choice_open_and_doubles_no_article(self):
        for w in self.windows():
            self.assertNotRegex(w.text, r"<[htxyzuvw]:")
            self.assertNotRegex(w.text, r"\b(?:[Tt]he|a|An?) the\b|\b[Tt]he (?:a|an) (?=[a-z])", w.text)

    def test_writes_a_day_after_on_and_a_month_or_year_after_in(self):
        n = names()
        for _ in range(200):
            self.assertRegex(n.date("It came on "), r"\d{1,2}.*\D")
            self.assertNotRegex(n.date("It came on "), r"^\d{4}$")
            self.assertRegex(n.date("It came in "), r"^(\d{4}|[A-Z]\w+ \d{4}|Q\d \d{4}|the \w+ of \d{4})$")

    def test_gives_quantities_in_units_of_the_relation(self):
        n = names()
        self.assertTrue(all(re.search(r"(km/h|mph|knots|km per hour)$", n.of("quantity", relation=dict(units=["speed"]))) for _ in range(50)))

    def test_a_symmetric_relation_holds_both_ways(self):
        field = dict(field="x", relations=[dict(id="R", name="r", description="", domain=["Person"], range=["Person"], symmetric=True, statements=["<h:Person> met <t:Person>."], negatives=[])])
        w = next(generate.field_windows(field, names(), random.Random(1), 1))
        self.assertEqual([sorted(p.holds) for p in w.pairs], [["au:R"], ["au:R"]])

    def test_a_bystander_in_a_list_with_an_end_is_no_negative(self):
        make = lambda s: next(generate.field_windows(dict(field="x", relations=[dict(id="R", name="r", description="", domain=["City"], range=["Person"], statements=[s], negatives=[])]), names(pools=dict(PER=[], ORG=[], LOC=[], MISC=[])), random.Random(1), 1))
        self.assertEqual(len(make("<h:City> hired <t:Person> and <x:Person>.").pairs), 2)
        self.assertGreater(len(make("<h:City> hired <t:Person>, whom <x:Person> knew.").pairs), 2)

    def test_keeps_a_denial_that_differs_by_one_word_and_drops_a_repeated_statement(self):
        r = dict(id="R", name="r", description="", domain=["City"], range=["Person"], statements=["<h:City> has made a good friend of <t:Person> today.", "<h:City> has made a good friend of <t:Person> today!"],
                 negatives=[dict(text="<h:City> has not made a good friend of <t:Person> today.", holds="none")])
        self.assertEqual([stated for _, _, stated, _ in generate.template_rows(dict(field="x", relations=[r]))], ["R", None])

    def test_drops_a_template_whose_ends_the_schema_does_not_allow(self):
        r = dict(id="R", name="r", description="", domain=["City"], range=["Person"], statements=["<h:Person> met <t:Person>."], negatives=[])
        self.assertEqual(list(generate.template_rows(dict(field="x", relations=[r]))), [])

    def test_a_statement_is_no_negative_for_a_relation_that_overlaps(self):
        field = next(f for f in FIELDS if f["field"] == "property")
        sold = [w for w in generate.field_windows(field, names(), random.Random(1), 1) if "au:PROPERTY_SOLD_TO" in w.pairs[0].holds]
        self.assertTrue(sold and all("au:PROPERTY_OWNED_BY" not in w.pairs[0].checked and "au:PROPERTY_TENANT" in w.pairs[0].checked for w in sold))

    def test_overlaps_name_relations_of_the_corpus(self):
        ids = {r["id"] for f in FIELDS for r in f["relations"]}
        groups = generate.yaml.safe_load((HERE / "overlaps.yaml").read_text(encoding="utf8"))
        self.assertEqual([o for g in groups for o in g if o not in ids], [])

    def test_works_without_names_from_the_training_data(self):
        n = names(pools=dict(PER=[], ORG=[], LOC=[], MISC=[]))
        for kind in ("Person", "Company", "City", "Service", "Unheard", "Bank"):
            for _ in range(50): self.assertTrue(n.of(kind).strip())


if __name__ == "__main__":
    unittest.main()
