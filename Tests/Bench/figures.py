"""Figures with their spread, and the table that they stand in."""

import statistics


class Figure:
    """Several measurements of one thing: the median, the smallest and the largest."""

    def __init__(self, values):
        self.values = sorted(values)
        self.median = statistics.median(self.values)

    def text(self, digits=0):
        low, high = self.values[0], self.values[-1]
        if len(self.values) == 1:
            return f"{self.median:,.{digits}f}"
        return f"{self.median:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def percentile(values, part):
    values = sorted(values)
    return values[int((len(values) - 1) * part)]


class Table:
    """Lines are printed as they come, so that a long run can be followed."""

    def __init__(self):
        self.missed = []

    def section(self, title):
        print(f"\n{title}", flush=True)

    def line(self, what, figure, remark=""):
        print(f"  {what:<52}{figure:>28}  {remark}".rstrip(), flush=True)

    def target(self, what, figure, is_reached, target):
        if not is_reached:
            self.missed.append(what)
        self.line(what, figure, f"target {target}: {'reached' if is_reached else 'NOT REACHED'}")
