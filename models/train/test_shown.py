"""Checks of the examples in claims: python test_shown.py. The same three cases stand in tests/extract/prototypes/shown.test.ts, for the product must write what the encoder was trained with."""
import unittest

from shown import excerpt, nearest, pool_of, with_examples
from windows import Pair, Window


def marked(words):
    text, at = "", {}
    for part in words.replace("<", "\0<").replace(">", ">\0").split("\0"):
        if part in ("<h>", "<t>"): at[part[1]] = [len(text)]
        elif part in ("</h>", "</t>"): at[part[2]].append(len(text))
        else: text += part
    return text, tuple(at["h"]), tuple(at["t"])


class Shown(unittest.TestCase):
    def test_calls_each_end_by_its_side_in_the_words_around_them(self):
        self.assertEqual(excerpt(*marked("In 1998 <h>Ada</h> joined <t>Acme Corp</t>.")), "In 1998 the head Ada joined the tail Acme Corp.")
        self.assertEqual(excerpt(*marked("one two three four five six seven eight <t>Acme</t>  hired <h>Ada</h>, nine ten eleven twelve thirteen fourteen fifteen sixteen")),
                         "three four five six seven eight the tail Acme hired the head Ada, nine ten eleven twelve thirteen fourteen")
        self.assertEqual(excerpt(*marked(f"<h>Ada</h> {'w ' * 30}<t>Acme</t>")), f"the head Ada {'w ' * 12}... {'w ' * 12}the tail Acme")

    def test_gives_the_nearest_and_never_the_text_itself(self):
        windows = [Window(text, [Pair(h, t, frozenset(["r"]))], "") for text, h, t in map(marked, (
            "<h>Ada</h> was hired by <t>Acme</t>.", "<h>Bo</h> resigned as director of <t>Initech</t>.", "<h>She</h> founded <t>Umbrella</t>."))]
        import random
        pool = pool_of(windows, random.Random(1))["r"]
        self.assertEqual([s.head for s in nearest(pool, "Di resigned from Hooli, where she was director.", 1)], ["Bo"])
        self.assertNotIn("Bo", [s.head for s in nearest(pool, "Bo resigned as director of Initech.", 3)])
        self.assertNotIn("She", [s.head for s in pool])
        self.assertEqual(with_examples("a ; b : c", pool[:1]), f"a ; b : c ; as in : {pool[0].words}")


if __name__ == "__main__":
    unittest.main()
