"""The tables of the compiled gazetteer, shared by the build and by lookup."""

from __future__ import annotations

__all__ = ["DEGREE", "FORMAT", "INDEXES", "NOT_A_TOWN", "REGION", "TABLES", "TOWN"]

# Raised whenever a table changes, so that a file of another make is refused.
FORMAT = 1

# Coordinates are stored as whole numbers of 1/DEGREE of a degree: 1.1 m, all that GeoNames gives.
DEGREE = 100_000

# Populated places that nobody would look for on a map of towns: quarters, abandoned, historical,
# destroyed.
NOT_A_TOWN = ("PPLX", "PPLQ", "PPLH", "PPLW", "PPLCH")
TOWN = f"class = 'P' AND code NOT IN {NOT_A_TOWN}"

# How an area's code is spelled: country, or country and first-level code ("RU.59").
REGION = "{}.{}"

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- number is the GeoNames id where ref is null; prominence is null where it is the population
CREATE TABLE place (
    number INTEGER PRIMARY KEY, ref TEXT, name TEXT NOT NULL,
    lat INTEGER NOT NULL, lon INTEGER NOT NULL, class TEXT NOT NULL, code TEXT NOT NULL,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, population INTEGER NOT NULL,
    alternates INTEGER NOT NULL, source TEXT NOT NULL, prominence INTEGER, bbox TEXT);
-- spelling is null where it is the place's own name or the key in title case
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, spelling TEXT,
    PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE tolerant (
    key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
-- place is null where nothing says where the area lies
CREATE TABLE area (code TEXT PRIMARY KEY, name TEXT NOT NULL, place INTEGER) WITHOUT ROWID;
CREATE TABLE demonym (
    word TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (word, target)) WITHOUT ROWID;
"""

INDEXES = f"""
CREATE UNIQUE INDEX place_ref ON place (ref) WHERE ref IS NOT NULL;
CREATE INDEX town ON place (population DESC, number, lat, lon) WHERE {TOWN};
"""
