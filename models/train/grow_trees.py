"""What the line of weigh_readings.py does not see of a claim's evidence -> trees that are added to its logit (gradient boosting with LightGBM: Ke et al., NeurIPS 2017).

How signs bear on one another is theirs: a tail that is named before its head says little where few things stand between, much where a list does. A clearer reading never lowers what they say.
"""
import lightgbm
import numpy

SIGNS = ("first", "second", "otherTail", "otherTailElsewhere", "otherHead", "otherRelation", "listed", "headLikeness", "tailLikeness", "literal", "nominalHead", "nominalTail", "pronounTail", "across", "underHeading",
         "support", "headElsewhere", "tailElsewhere", "reversed", "headMentions", "tailMentions", "headWords", "tailWords", "headNameWords", "tailNameWords", "before", "between", "tails", "heads", "headLink")
ASKED = (*SIGNS, "trust")
RISING = ("first", "second")
TREES = 150
SETTINGS = dict(objective="binary", num_leaves=8, learning_rate=0.05, min_child_samples=40, lambda_l2=5.0, max_bin=63, monotone_constraints=[int(sign in RISING) for sign in ASKED],
                seed=0, deterministic=True, force_row_wise=True, num_threads=1, verbosity=-1)


def asked(rows):
    """(N, signs): all evidence of each claim, and how far the examples of its relation are heard."""
    return numpy.array([[*(r["evidence"][s] for s in SIGNS), r["trust"] if r["taught"] else 0.0] for r in rows])


def grow(x, y, line):
    """Trees for claims whose logit by the line is known."""
    return lightgbm.train(SETTINGS, lightgbm.Dataset(x, y, init_score=line), TREES)


def added(trees, x):
    """What trees add to the logits of claims."""
    return trees.predict(x, raw_score=True)


def written(trees):
    """As head.json has them: a value, or [sign, bound, where it is at most that, where it is more]."""
    def branch(node):
        if "leaf_value" in node: return round(node["leaf_value"], 4)
        return [ASKED[node["split_feature"]], round(node["threshold"], 4), branch(node["left_child"]), branch(node["right_child"])]
    return [branch(tree["tree_structure"]) for tree in trees.dump_model()["tree_info"]]
