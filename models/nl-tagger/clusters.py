#!/usr/bin/env python3
"""Groups the commonest Dutch words by the words that they stand between.

usage: clusters.py TEXT... > clusters.txt

TEXT is a plain text (.txt) or articles as JSON lines (.jsonl, with `title` and
`paragraphs`), each also compressed (.gz). A word's features are how often each
of the commonest words stands before and behind it (positive pointwise mutual
information, reduced by a truncated singular value decomposition); k-means makes
fine clusters of these, and coarse clusters of the fine ones. What is written is
a word, its fine and its coarse cluster a line. Needs numpy, scipy, scikit-learn.
"""

import argparse
import collections
import gzip
import json
import re
import sys

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
EDGE = "<edge>"


def lines(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            if ".jsonl" in path:
                article = json.loads(line)
                yield article["title"]
                yield from article["paragraphs"]
            else:
                yield line


def words(line):
    for word in WORD.findall(line.lower().replace("’", "'")):
        # Numbers of one shape are one word.
        yield re.sub(r"\d", "0", word)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", nargs="+", metavar="TEXT")
    parser.add_argument("--least", type=int, default=25, help="count from which a word is grouped")
    parser.add_argument("--contexts", type=int, default=500)
    parser.add_argument("--dimensions", type=int, default=60)
    parser.add_argument("--fine", type=int, default=400)
    parser.add_argument("--coarse", type=int, default=48)
    parser.add_argument("--limit", type=int, default=40_000_000, help="characters of each text")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    stream, number_of = [], {EDGE: 0}
    for path in args.texts:
        size = 0
        for line in lines(path):
            size += len(line)
            if size > args.limit:
                break
            stream.append(0)
            stream.extend(number_of.setdefault(word, len(number_of)) for word in words(line))
        print(f"{path}: {size:,} characters", file=sys.stderr)
    stream.append(0)
    stream = np.array(stream, dtype=np.int32)
    counts = np.bincount(stream, minlength=len(number_of))
    names = np.array(list(number_of))

    order = np.argsort(-counts, kind="stable")
    context_of = np.full(len(names), -1, dtype=np.int32)
    context_of[order[: args.contexts]] = np.arange(args.contexts)
    kept = order[(counts[order] >= args.least) & (order != 0)]
    row_of = np.full(len(names), -1, dtype=np.int32)
    row_of[kept] = np.arange(len(kept))

    rows, columns = [], []
    for shift, other in ((1, stream[:-1]), (-1, stream[1:])):
        own = stream[1:] if shift == 1 else stream[:-1]
        row, column = row_of[own], context_of[other]
        good = (row >= 0) & (column >= 0)
        rows.append(row[good])
        columns.append(column[good] + (0 if shift == 1 else args.contexts))
    rows, columns = np.concatenate(rows), np.concatenate(columns)
    shape = (len(kept), 2 * args.contexts)
    pairs = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    pairs.sum_duplicates()

    total = pairs.sum()
    by_row = np.asarray(pairs.sum(axis=1)).ravel()
    by_column = np.asarray(pairs.sum(axis=0)).ravel()
    found = pairs.tocoo()
    information = np.log(found.data * total / (by_row[found.row] * by_column[found.col]))
    positive = csr_matrix((np.maximum(information, 0), (found.row, found.col)), shape=shape)
    svd = TruncatedSVD(args.dimensions, random_state=args.seed)
    vectors = normalize(svd.fit_transform(positive))
    fine = MiniBatchKMeans(args.fine, random_state=args.seed, n_init=3, batch_size=4096).fit(vectors)
    coarse = KMeans(args.coarse, random_state=args.seed, n_init=4).fit(fine.cluster_centers_)

    print("# Dutch words by the company that they keep: word, fine cluster, coarse cluster.")
    print("# Made by models/nl-tagger/clusters.py; see the README beside it for the texts.")
    listed = sorted(
        (int(coarse.labels_[cluster]), int(cluster), names[word])
        for word, cluster in zip(kept, fine.labels_)
    )
    for large, small, word in listed:
        print(f"{word}\t{small}\t{large}")


if __name__ == "__main__":
    main()
