"""Episodes over vectors of pairs: which of N relations, shown K examples of each; and whether it is one of them at all."""
import random

import torch
from torch.nn import functional as F


def whitening(u, labels, shrinkage):
    """Matrix for u @ matrix.T in which the covariance within labels, shrunk towards its mean variance, is one: where pairs of one relation differ anyway, a difference
    tells little (within-class covariance normalisation: Hatch, Kajarekar & Stolcke, Interspeech 2006)."""
    each = sorted(set(labels))
    at = torch.tensor([each.index(label) for label in labels])
    count = torch.bincount(at).float()
    means = torch.zeros(len(each), u.shape[1]).index_add(0, at, u) / count[:, None]
    apart = (u - means[at]) * (count / (count - 1).clamp(min=1)).sqrt()[at, None]
    covariance = apart.T @ apart / len(u)
    return torch.linalg.inv(torch.linalg.cholesky(covariance + shrinkage * covariance.trace() / len(covariance) * torch.eye(len(covariance))))


def by_label(labels):
    by = {}
    for i, label in enumerate(labels): by.setdefault(label, []).append(i)
    return by


def episode_draws(by, ways, shots, episodes, chance):
    """Of each episode its relations and, for each, the rows of K examples and of one question."""
    for _ in range(episodes):
        classes = chance.sample(sorted(by), ways)
        yield classes, [chance.sample(by[c], shots + 1) for c in classes]


def centre(examples, described=None, weight=0.0):
    """Mean of a relation's examples, its description being `weight` examples more (both as the rows of a matrix)."""
    return examples.mean(0) if described is None else (examples.sum(0) + weight * described) / (len(examples) + weight)


def few_shot(u, labels, ways, shots, episodes, seed=7, described=None, weight=1.0):
    """Accuracy in percent by the nearest mean of examples (Snell et al. 2017), as FewRel counts it; `described` has a relation's vector for each label."""
    chance, by = random.Random(seed), by_label(labels)
    right = 0
    for classes, picked in episode_draws(by, ways, shots, episodes, chance):
        means = torch.stack([centre(u[p[:shots]], described and described[c], weight) for c, p in zip(classes, picked)])
        right += torch.cdist(u[[p[shots] for p in picked]], means).argmin(1).eq(torch.arange(ways)).sum().item()
    return 100 * right / (episodes * ways)


def few_shot_or_none(u, labels, ways, shots, episodes, seed=7, described=None, weight=1.0):
    """The same where half of the questions are of none of the N relations (FewRel 2.0). What is farther from all means than
    half-way between how far examples are from the mean of their relation's others and from the nearest other relation's is none: the examples alone decide."""
    chance, by = random.Random(seed), by_label(labels)
    right, total = 0, shots + (weight if described else 0.0)
    for classes, picked in episode_draws(by, ways, shots, episodes, chance):
        means = torch.stack([centre(u[p[:shots]], described and described[c], weight) for c, p in zip(classes, picked)])
        own = torch.stack([(u[p[:shots]] - (means[k] * total - u[p[:shots]]) / (total - 1)).norm(dim=1).mean() for k, p in enumerate(picked)]).mean()
        other = torch.stack([torch.cdist(u[p[:shots]], means)[:, [j for j in range(ways) if j != k]].min(1).values.mean() for k, p in enumerate(picked)]).mean()
        most = (own + other) / 2
        strangers = [chance.choice(by[c]) for c in chance.choices(sorted(set(by) - set(classes)), k=ways)]
        far = torch.cdist(u[[p[shots] for p in picked] + strangers], means)
        guess = torch.where(far.min(1).values <= most, far.argmin(1), ways)
        right += guess.eq(torch.tensor([*range(ways), *[ways] * ways])).sum().item()
    return 100 * right / (2 * episodes * ways)


def k_shot(u, labels, tests, truths, shots, seed, classes):
    """Labels of `tests` by logistic regression on `shots` examples of each class; how much weights cost was chosen on SemEval's training side."""
    chance, by = random.Random(seed), by_label(labels)
    rows = [i for c in classes for i in chance.sample(by[c], min(shots, len(by[c])))]
    mean = u[rows].mean(0)
    x, y, t = u[rows] - mean, torch.tensor([classes.index(labels[i]) for i in rows]), tests - mean
    weight, bias = torch.zeros(u.shape[1], len(classes), requires_grad=True), torch.zeros(len(classes), requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=60)

    def closure():
        optimizer.zero_grad()
        loss = F.cross_entropy(x @ weight + bias, y) + 1e-4 * weight.square().sum()
        loss.backward()
        return loss

    with torch.enable_grad(): optimizer.step(closure)
    return [classes[k] for k in (t @ weight + bias).argmax(1).tolist()]
