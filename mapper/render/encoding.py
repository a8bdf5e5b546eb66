"""Paths as short strings of ASCII, for the page's program to read.

A path is whole numbers. Each is written as its difference from the one before on
its axis, the sign moved to the lowest bit (zigzag), then five bits to a letter,
lowest first, with the sixth bit set where more follow: the scheme of Google's
encoded polylines with the letters of base64url (RFC 4648), none of which HTML, JSON
or a template needs escaped. Paths in a row are parted by a space.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["decode", "decode_paths", "encode", "encode_paths"]

Integers = npt.NDArray[np.int64]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BITS = 5
MORE = 1 << BITS
# Thirteen letters hold the 64 bits of an integer.
MAX_LETTERS = 13

_LETTERS = np.frombuffer(ALPHABET.encode("ascii"), dtype=np.uint8)
_SPACE = ord(" ")


def encode(values: Sequence[int] | Integers) -> str:
    """Return whole numbers, -2**62 to 2**62 - 1, as letters.

    >>> encode([0, -1, 16, 1000])
    'ABgBw-B'
    """
    return _letters(np.asarray(values, dtype=np.int64))[0].tobytes().decode("ascii")


def decode(text: str) -> Integers:
    """Return the numbers that `encode` wrote.

    >>> decode("ABgBw-B").tolist()
    [0, -1, 16, 1000]

    Raises
    ------
    ValueError
        There is a letter outside the alphabet, or the last number breaks off.
    """
    digits = _digits(text)
    if not len(digits):
        return digits
    if digits[-1] >= MORE:
        raise ValueError("An encoded path breaks off within a number.")
    ends = np.flatnonzero(digits < MORE)
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts + 1
    place = np.arange(len(digits)) - np.repeat(starts, lengths)
    parts = (digits & (MORE - 1)) << (BITS * place)
    folded = np.add.reduceat(parts, starts)
    return (folded >> 1) ^ -(folded & 1)


def encode_paths(points: Integers, lengths: Sequence[int] | Integers) -> str:
    """Return paths of whole (x, y) as strings, parted by spaces.

    Parameters
    ----------
    points
        All paths in a row, n × 2.
    lengths
        How many points each path has, one at least.

    >>> encode_paths(np.array([[1, 2], [4, 1], [7, 7]]), [2, 1])
    'CEGB OO'
    """
    lengths = np.asarray(lengths, dtype=np.int64)
    if not len(lengths):
        return ""
    starts = np.cumsum(lengths) - lengths
    deltas = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64))
    deltas[starts] = points[starts]
    letters, ends = _letters(deltas.ravel())
    breaks = ends[2 * starts[1:] - 1]
    return np.insert(letters, breaks, _SPACE).tobytes().decode("ascii")


def decode_paths(text: str) -> list[Integers]:
    """Return the paths that `encode_paths` wrote, each n × 2.

    >>> [path.tolist() for path in decode_paths("CEGB OO")]
    [[[1, 2], [4, 1]], [[7, 7]]]
    """
    return [np.cumsum(decode(path).reshape(-1, 2), axis=0) for path in text.split()]


def _letters(values: Integers) -> tuple[npt.NDArray[np.uint8], Integers]:
    """Return the letters of all numbers, and where each number ends among them."""
    folded = (values << 1) ^ (values >> 63)
    shifted = folded[:, None] >> (BITS * np.arange(MAX_LETTERS))
    needed = shifted > 0
    needed[:, 0] = True
    more = np.zeros_like(needed)
    more[:, :-1] = needed[:, 1:]
    digits = (shifted & (MORE - 1)) | np.where(more, MORE, 0)
    return _LETTERS[digits[needed]], np.cumsum(needed.sum(axis=1))


def _digits(text: str) -> Integers:
    table = np.full(256, -1, dtype=np.int64)
    table[_LETTERS] = np.arange(len(ALPHABET))
    digits = table[np.frombuffer(text.encode("latin-1", "replace"), dtype=np.uint8)]
    if (digits < 0).any():
        raise ValueError("An encoded path holds a letter outside its alphabet.")
    return digits
