#!/usr/bin/env python3
"""Makes data/knowledge/gazetteer.tsv: place names with coordinates, cleaned.

  gazetteer.py count ARTICLES... -o COUNTS     how often each word stands in articles (JSON Lines, also .xz; field "text"), and
                                               how often behind a noun of place or a preposition of place
  gazetteer.py make PLACES --counts COUNTS     PLACES: name_ar, name_en, country (alpha-2), lat, lon, wikidata, geonames, type,
                                               population, source (dr5hn: ODbL 1.0; whosonfirst: attribution)

What `make` does, in this order: keeps the states whose news is read (all places) and elsewhere cities of 100,000 and first-level
units; drops rows without an Arabic name, of kinds that are no place of news, and names whose consonants do not fit the English name
(wrong transliterations); merges rows of one name within 20 km; drops what places.tsv has; drops words so common that the name never
would be recognised, and flags names of one word that are also common words or first names: the article must support them.
"""

import argparse
import collections
import csv
import json
import lzma
import math
import re
import sys
import unicodedata
from pathlib import Path

KNOWLEDGE = Path(__file__).resolve().parent.parent / "data" / "knowledge"
FULL = set("DZ BH KM DJ EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE EH IR TR IL AF PK ML NE TD BF SS ET ER CY GR".split())
KEEP = set("locality city town village capital adm1 adm2 adm3 region county district province prefecture municipality regency "
           "settlement parish".split())
AREAS = set("adm1 region province county prefecture".split())
FIRST_LEVEL = set("adm1 region province".split())
NOUNS = "مدينة بلدة قرية محافظة ولاية منطقة ناحية قضاء مديرية بلدية مخيم حي ضاحية مدينتي بلدتي"
PREPOSITIONS = "في من إلى قرب نحو باتجاه شمال جنوب شرق غرب شمالي جنوبي شرقي غربي ريف وسط"
DROPPED_FRONTS = re.compile("^(مدينة|بلدة|قرية|محافظة|ولاية|منطقة|شعبية|ناحية|قضاء|مديرية|بلدية) ")

MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ة": "ه", "ؤ": "و", "ء": None, "ک": "ك", "ی": "ي"})
WORD = re.compile("[\u0621-\u064a]+")


def fold(text):
    return MARKS.sub("", text).translate(FOLD)


def count(arguments):
    nouns, prepositions = {fold(w) for w in NOUNS.split()}, {fold(w) for w in PREPOSITIONS.split()}
    all_, after_noun, after_preposition = collections.Counter(), collections.Counter(), collections.Counter()
    for path in arguments.articles:
        opened = lzma.open(path, "rt", encoding="utf8") if path.endswith(".xz") else open(path, encoding="utf8")
        with opened as lines:
            for line in lines:
                before = ""
                for word in WORD.findall(fold(json.loads(line)["text"])):
                    for form in (word, word[1:]) if word[0] in "وفبلك" and len(word) > 4 else (word,):
                        all_[form] += 1
                        after_noun[form] += before in nouns
                        after_preposition[form] += before in prepositions
                    before = word
    with open(arguments.output, "w", encoding="utf8") as out:
        for word, times in all_.most_common():
            if times > 4:
                out.write(f"{word}\t{times}\t{after_noun[word]}\t{after_preposition[word]}\n")


# Classes of consonants that Latin spellings of Arabic, Turkish and Persian names tell apart with any certainty.
ARABIC = {"ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "j", "چ": "j", "غ": "g", "ق": "g", "ك": "g", "گ": "g", "د": "d", "ض": "d",
          "ذ": "d", "ر": "r", "ز": "s", "ژ": "s", "س": "s", "ص": "s", "ظ": "s", "ش": "s", "ف": "f", "ڤ": "f", "ل": "l", "م": "m", "ن": "n",
          "خ": "h", "ح": "h", "ه": "h"}
LATIN = {"b": "b", "p": "b", "t": "t", "d": "d", "g": "g", "k": "g", "q": "g", "c": "g", "x": "g", "j": "j", "r": "r", "s": "s", "z": "s",
         "f": "f", "v": "f", "l": "l", "m": "m", "n": "n", "h": "h"}


def plain_latin(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o")) if not unicodedata.combining(c)).lower()


def skeletons(arabic, english):
    a = [ARABIC[c] for word in fold(arabic).split() for c in re.sub("^ال", "", word) if c in ARABIC]
    latin = re.sub(r"\b(al|el|ad|ar|as|at|az|an|ash|ath|adh)[ -]", " ", plain_latin(english))
    latin = latin.replace("sch", "s").replace("sh", "s").replace("ch", "s").replace("kh", "h").replace("gh", "g").replace("th", "t").replace("dh", "d")
    e = [LATIN[c] for c in latin if c in LATIN]
    return [c for c in a if c != "h"], [c for c in e if c != "h"]


def fits(arabic, english):
    """The names share most consonants in order; j and g, which dialects exchange, count as one."""
    a, e = ([("g" if c == "j" else c) for c in side] for side in skeletons(arabic, english))
    if not a or not e:
        return len(a) + len(e) < 3
    row = [0] * (len(e) + 1)
    for x in a:
        last = 0
        for i, y in enumerate(e, 1):
            last, row[i] = row[i], last + 1 if x == y else max(row[i], row[i - 1])
    return 2 * row[-1] / (len(a) + len(e)) >= 0.6


def kilometres(a, b):
    return 111.2 * math.hypot(a[0] - b[0], (a[1] - b[1]) * math.cos(math.radians(a[0])))


def read_rows(path):
    lines = [line for line in open(path, encoding="utf8") if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def first_names():
    return {fold(row["name"]).split()[0] for row in read_rows(KNOWLEDGE / "persons.tsv")}


def clean(row, codes):
    name = MARKS.sub("", row["name_ar"]).replace("ی", "ي").replace("ک", "ك").strip(" \"'`‘’«»")
    name = re.sub(r"\s*\(.*?\)|\s*[،,].*$", "", name)
    name = DROPPED_FRONTS.sub("", re.sub(r"\s+", " ", name)).strip()
    if not re.fullmatch("[\u0621-\u064aپچژگڤ]+( [\u0621-\u064aپچژگڤ]+){0,3}", name) or len(fold(name).replace("ال", "")) < 2:
        return None
    if row["country"] not in codes or row["type"] not in KEEP:
        return None
    people = int(float(row["population"] or 0))
    if row["country"] not in FULL and not (row["type"] in FIRST_LEVEL or people >= 100000):
        return None
    # Hamlets of a few houses without a known number of people are in no news; their names are often those of persons.
    if row["type"] == "locality" and not row["wikidata"] and people < 100 and re.match("(بيت|عزبة|عرب|محلة|خربة|دار|آل|ال|أبو|ابو|حاج) ", name + " "):
        return None
    english = unicodedata.normalize("NFC", MARKS.sub("", row["name_en"])).strip()
    if not english or not fits(name, english):
        return None
    return {"name": name, "en": english, "country": codes[row["country"]], "at": (float(row["lat"]), float(row["lon"])),
            "type": row["type"], "people": people, "wikidata": row["wikidata"] if re.fullmatch("Q[1-9][0-9]*", row["wikidata"]) else "",
            "geonames": row["geonames"] if re.fullmatch("[1-9][0-9]*", row["geonames"]) else "", "source": row["source"]}


def merge(places):
    """Of rows of one name near each other the one that says most; ids and people of the others fill in."""
    by_name = collections.defaultdict(list)
    order = sorted(places, key=lambda p: (-p["people"], not p["wikidata"], p["source"] != "dr5hn", p["en"], p["at"]))
    for place in order:
        reach = 100 if place["type"] in AREAS else 20
        for known in by_name[(place["country"], fold(place["name"]))]:
            if kilometres(known["at"], place["at"]) < reach or (place["wikidata"] and place["wikidata"] == known["wikidata"]):
                known["wikidata"] = known["wikidata"] or place["wikidata"]
                known["geonames"] = known["geonames"] or place["geonames"]
                break
        else:
            by_name[(place["country"], fold(place["name"]))].append(place)
    return [place for group in by_name.values() for place in group]


def without_known(places):
    known = collections.defaultdict(list)
    ids = set()
    for row in read_rows(KNOWLEDGE / "places.tsv"):
        at = (float(row["lat"]), float(row["lon"])) if row.get("lat", "-") not in ("", "-") else None
        ids.update(i for i in (row.get("wikidata"), row.get("geonames")) if i and i != "-")
        for form in [row["name"]] + row["names"].split("|"):
            known[(row["country"], fold(form.strip("~ ")))].append(at)
    states = {fold(form.strip("~ ")) for row in read_rows(KNOWLEDGE / "countries.tsv") for form in [row["name"]] + row["names"].split("|")}

    def there(place):
        if place["wikidata"] in ids or place["geonames"] in ids or fold(place["name"]) in states:
            return True
        return any(at is None or kilometres(at, place["at"]) < (250 if place["type"] in AREAS else 60) for at in known[(place["country"], fold(place["name"]))])
    return [place for place in places if not there(place)]


def weigh(places, counts):
    """Drops or flags names that are common words. `counts`: word → (times, behind a noun of place, behind a preposition)."""
    persons = first_names()
    fronts = collections.Counter(fold(place["name"]).split()[0] for place in places if " " in place["name"])
    kept = []
    for place in places:
        words = fold(place["name"]).split()
        place["flagged"] = False
        if len(words) == 1:
            if fronts[words[0]] >= 25:  # تل, عين, وادي: the rest of the name is missing
                continue
            times, nouns, prepositions = counts.get(words[0], (0, 0, 0))
            called_so = nouns / times if times else 0  # a preposition stands before any noun, a noun of place does not
            if times >= 1500 and called_so < 0.02:
                continue
            place["flagged"] = words[0] in persons or len(words[0]) <= 3 or (times >= 8 and called_so < 0.05)
        kept.append(place)
    return kept


def written(places):
    out = ["# Places of the gazetteer, made by training/gazetteer.py from dr5hn/countries-states-cities-database ((c) its contributors, ODbL 1.0) and",
           "# Who's On First (https://whosonfirst.org/docs/licenses/, attribution); `source` says which. Do not edit: correct or add in places.tsv.",
           "id\tname\tnames\ten\tcountry\tlat\tlon\tprecision\ttype\tpopulation\twikidata\tgeonames\tflagged\tsource"]
    used = collections.Counter()
    for place in sorted(places, key=lambda p: (p["country"], plain_latin(p["en"]), -p["people"], p["at"])):
        slug = re.sub("[^a-z0-9]+", "-", plain_latin(place["en"])).strip("-") or "x"
        stem = f"{place['country'].lower()}-{slug}"
        used[stem] += 1
        identity = stem if used[stem] == 1 else f"{stem}-{used[stem]}"
        cells = ["place/" + identity, place["name"], "", place["en"], place["country"], f"{place['at'][0]:.3f}", f"{place['at'][1]:.3f}",
                 "region" if place["type"] in AREAS else "city", place["type"], str(place["people"] or ""), place["wikidata"], place["geonames"],
                 "x" if place["flagged"] else "", place["source"]]
        out.append("\t".join(cells))
    return "\n".join(out) + "\n"


def make(arguments):
    codes = {row["iso2"]: row["iso3"] for row in read_rows(KNOWLEDGE / "countries.tsv")}
    counts = {}
    for line in open(arguments.counts, encoding="utf8"):
        word, *numbers = line.rstrip("\n").split("\t")
        counts[word] = tuple(map(int, numbers))
    rows = list(csv.DictReader(open(arguments.places, encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    cleaned = [place for place in (clean(row, codes) for row in rows) if place]
    merged = merge(cleaned)
    fresh = without_known(merged)
    kept = weigh(fresh, counts)
    print(f"{len(rows)} rows, {len(cleaned)} clean, {len(merged)} merged, {len(fresh)} not in places.tsv, {len(kept)} kept, "
          f"{sum(p['flagged'] for p in kept)} flagged", file=sys.stderr)
    (KNOWLEDGE / "gazetteer.tsv").write_text(written(kept), encoding="utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    counting = commands.add_parser("count")
    counting.add_argument("articles", nargs="+")
    counting.add_argument("-o", "--output", required=True)
    counting.set_defaults(run=count)
    making = commands.add_parser("make")
    making.add_argument("places")
    making.add_argument("--counts", required=True)
    making.set_defaults(run=make)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
