"""Repeatable chance: only random.random() is used, whose sequence Python keeps for a seed."""

import random


class Chance:
    def __init__(self, seed):
        self._source = random.Random(seed)

    def unit(self):
        return self._source.random()

    def between(self, low, high):
        """An integer, both ends included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, items):
        return items[int(self.unit() * len(items))]

    def often(self, share):
        return self.unit() < share

    def weighted(self, pairs):
        """pairs: [(item, weight)]"""
        left = self.unit() * sum(weight for _, weight in pairs)
        for item, weight in pairs:
            left -= weight
            if left < 0:
                return item
        return pairs[-1][0]
