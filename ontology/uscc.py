"""Unified social credit codes (GB 32100-2015) of Chinese legal entities.

Twenty lines of our own instead of python-stdnum, which demands eight leading digits and so rejects lawful
codes that begin with N or Y.
"""

from __future__ import annotations

__all__ = ["ALPHABET", "check_sign", "check_sign_is_right", "is_well_formed"]

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 31 signs, without I, O, S, V, Z
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))


def is_well_formed(code: str) -> bool:
    """18 signs of the alphabet; says nothing about the check sign.

    >>> is_well_formed("91110000600037341L"), is_well_formed("91110000600037341I")
    (True, False)
    """
    return len(code) == 18 and all(sign in ALPHABET for sign in code)


def check_sign(first17: str) -> str:
    """The 18th sign that belongs to the first 17. ValueError for a sign outside the alphabet.

    >>> check_sign("91440300MA5000005")  # remainder 0 gives "0"
    '0'
    """
    if len(first17) != 17:
        raise ValueError(f"{first17!r} has {len(first17)} signs, 17 are needed")
    total = sum(weight * ALPHABET.index(sign) for weight, sign in zip(_WEIGHTS, first17, strict=True))
    return ALPHABET[-total % 31]


def check_sign_is_right(code: str) -> bool:
    """Whether a well-formed code ends in its check sign; False for a code that is not well formed.

    A real company whose code fails has been reported: warn, do not drop the firm.

    >>> check_sign_is_right("91110000600037341L"), check_sign_is_right("91350211M0000XUF46")
    (True, False)
    """
    return is_well_formed(code) and check_sign(code[:17]) == code[17]
