#!/usr/bin/env python3
"""Checks the hand-made corpus and compiles it to records.

usage: compile.py DIR [-o gold.jsonl] [--articles articles.jsonl] [--quiet]

Reads every DIR/*.yaml (not its subfolders) in the format of corpus/README.md, reports every error of every file, and
writes one isnad/1 record a line, with offsets in code points. Exit status: 0 all is well, 1 errors, 2 wrong usage.
Warnings do not change the status. Needs PyYAML; uses jsonschema where it is installed.
"""

import argparse
import datetime
import json
import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "data" / "ontology.tsv"
CROSSWALK = ROOT / "data" / "cameo_to_plover.tsv"
SCHEMA = ROOT / "docs" / "reference" / "record.schema.json"

ENTITY_KINDS = "person organization government armed_group party media international company group place other".split()
MENTION_KINDS = "name title nominal pronoun elided".split()
TIME_TYPES = "DATE TIME DURATION SET".split()
TIME_MODS = "START MID END APPROX BEFORE AFTER".split()
PRECISIONS = "point city region country".split()
SOURCE_KINDS = "hidden named office anonymous media body public document".split()
STANCES = "state report announce confirm deny reject accuse believe expect doubt demand warn promise ask".split()
STATUSES = "occurred planned demanded possible conditional negated denied".split()
TOLL_FIELDS = "killed wounded arrested missing displaced".split()

# ISO 3166-1 alpha-3, with XKX for Kosovo.
COUNTRIES = set("""ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR
BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW
CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN
GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR
JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD
MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN
PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB
SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA
UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE""".split())

# What may stand before a span inside its word, and after it (proclitics; enclitic pronouns).
BEFORE = re.compile(r"[وف]?(?:س|[بلك]?(?:ال)?|لل)\Z")
AFTER = re.compile(r"(?:ه|ها|هم|هما|هن|ك|كم|كما|نا|ي|ني)?\Z")
LETTER = re.compile(r"[\u0621-\u064A\u064B-\u0652\u0670-\u06D3A-Za-z]")


# --- reading -----------------------------------------------------------------------------------------------------

class Loader(yaml.SafeLoader):
    """YAML whose plain scalars stay strings (dates, CAMEO codes and country codes must not be guessed at), save for
    null, true and false; a key given twice is an error."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {name!r} is given twice", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_table(path):
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith("#")]
    header = rows[0]
    return [dict(zip(header, row + [""] * (len(header) - len(row)))) for row in rows[1:]]


class Ontology:
    def __init__(self):
        rows = read_table(ONTOLOGY)
        self.types = [r["name"] for r in rows if r["kind"] == "type"]
        self.contexts = {r["name"] for r in rows if r["kind"] == "context"}
        self.sectors = {r["name"] for r in rows if r["kind"] == "sector"}
        self.modes = {t: [r["name"] for r in rows if r["kind"] == "mode" and r["parent"] == t] for t in self.types}
        self.cameo = {r["cameo"] for r in read_table(CROSSWALK)}


# --- spans -------------------------------------------------------------------------------------------------------

class SpanError(Exception):
    """Says what is wrong with a span string and how to mend it."""


def occurrences(text, piece, begin=0, end=None):
    end = len(text) if end is None else end
    found, at = [], text.find(piece, begin, end)
    while at >= 0:
        found.append(at)
        at = text.find(piece, at + 1, end)
    return found


def context_of(text, at, size):
    left, right = max(0, at - 18), min(len(text), at + size + 18)
    return (text[left:at] + "⟦" + text[at:at + size] + "⟧" + text[at + size:right]).replace("\n", "⏎")


def ambiguous(text, piece, found):
    places = "; ".join(f"#{n}: {context_of(text, at, len(piece))}" for n, at in enumerate(found, 1))
    return SpanError(f"“{piece}” occurs {len(found)} times — add #n or @context. {places}")


def numbered(spec):
    """“s#2” → (s, 2); “s” → (s, None)."""
    match = re.fullmatch(r"(.*?)#(\d+)", spec, re.S)
    return (match[1], int(match[2])) if match else (spec, None)


def find_one(text, spec, begin=0, end=None):
    """The one occurrence of “s” or “s#n” within text[begin:end]."""
    piece, wanted = (spec, None) if occurrences(text, spec, begin, end) else numbered(spec)
    if not piece:
        raise SpanError("the string is empty")
    found = occurrences(text, piece, begin, end)
    if not found:
        raise SpanError(missing(text, piece, begin, end))
    if wanted is None:
        if len(found) > 1:
            raise ambiguous(text, piece, found)
        return found[0], found[0] + len(piece)
    if not 1 <= wanted <= len(found):
        raise SpanError(f"#{wanted} asked for, but “{piece}” occurs {len(found)} time(s)")
    return found[wanted - 1], found[wanted - 1] + len(piece)


def missing(text, piece, begin, end):
    if begin or (end is not None and end < len(text)):
        inside = text[begin:end].replace("\n", "⏎")
        return f"“{piece}” does not occur in “{inside}” — correct it or choose another context"
    # The longest beginning of the piece that does occur tells where the two part.
    low = next((n for n in range(len(piece) - 1, 2, -1) if piece[:n] in text), 0)
    if not low:
        return f"“{piece}” does not occur in the text — copy it from there"
    at = text.find(piece[:low])
    return (f"“{piece}” does not occur in the text — it departs from it after “{piece[:low]}”, where the text goes on "
            f"“{text[at + low:at + low + 25]}”")


def resolve_plain(text, spec, begin=0, end=None):
    """“s”, “s#n”, “a…b”, “a#n…b”, “a…b#n” inside text[begin:end]."""
    if "…" not in spec or occurrences(text, spec, begin, end):
        return find_one(text, spec, begin, end)
    head, tail = spec.split("…", 1)
    first, last = find_one(text, head, begin, end)
    piece, wanted = numbered(tail)
    found = occurrences(text, piece, last, end) if piece else []
    nth = wanted or 1
    if nth > len(found):
        raise SpanError(f"no “{piece}”{'' if nth == 1 else f' number {nth}'} after “{head}” — correct the end string")
    return first, found[nth - 1] + len(piece)


def resolve(text, spec):
    """A span string → [begin, end) in code points. “s@context”: s inside the context, itself a span string."""
    if not isinstance(spec, str) or not spec.strip():
        raise SpanError("a span string is wanted — the exact words of the text")
    if "@" not in spec or spec in text:
        return resolve_plain(text, spec)
    piece, context = spec.split("@", 1)
    return resolve_plain(text, piece, *resolve_plain(text, context))


def default_sentences(text):
    """Sentences end at newlines and after “.”, “؟” or “!” (with closing quotes) before a blank. A dot after a lone
    letter abbreviates (“د. سامي”)."""
    cuts = {0, len(text)}
    for match in re.finditer(r"\n+|(?<=[.؟!…])[»”\")\]]*[ \t]+", text):
        dot = match.start()
        lone = re.search(r"(?:^|[^\w])\w\.$", text[max(0, dot - 3):dot])
        if "\n" in match[0] or not lone:
            cuts.add(match.end())
    edges = sorted(cuts)
    return trimmed(text, zip(edges, edges[1:]))


def trimmed(text, spans):
    out = []
    for begin, end in spans:
        while begin < end and text[begin].isspace():
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        if begin < end:
            out.append([begin, end])
    return out


# --- one article -------------------------------------------------------------------------------------------------

class Article:
    """Turns one YAML document into a record; collects errors and warnings instead of stopping at the first."""

    def __init__(self, document, path, ontology):
        self.doc, self.path, self.onto = document, path, ontology
        self.errors, self.warnings = [], []
        self.text = ""

    def error(self, where, message):
        self.errors.append(f"{self.path}: {where}: {message}")

    def warn(self, where, message):
        self.warnings.append(f"{self.path}: {where}: warning: {message}")

    # small readers; each reports and returns a usable value

    def keys(self, item, where, required, optional=()):
        """Checks the keys of a mapping; false when it is none."""
        if not isinstance(item, dict):
            self.error(where, f"{item!r} should be a mapping {{key: value}}")
            return False
        for key in item:
            if key not in required and key not in optional:
                self.error(f"{where}.{key}", f"unknown key; allowed: {', '.join([*required, *optional])}")
        for key in required:
            if item.get(key) is None:
                self.error(where, f"the key “{key}” is missing")
        return True

    def span(self, item, key, where):
        if item.get(key) is None:
            return None
        try:
            begin, end = resolve(self.text, item[key])
        except SpanError as problem:
            self.error(f"{where}.{key}", str(problem))
            return None
        self.check_edges(begin, end, f"{where}.{key}", item.get("kind"))
        return [begin, end]

    def check_edges(self, begin, end, where, kind):
        """Warns of a span that starts or ends inside a word where no clitic could end or start."""
        left, right = begin, end
        while left > 0 and LETTER.match(self.text[left - 1]):
            left -= 1
        while right < len(self.text) and LETTER.match(self.text[right]):
            right += 1
        starts_inside = LETTER.match(self.text[begin]) and not BEFORE.match(self.text[left:begin])
        ends_inside = LETTER.match(self.text[end - 1]) and not AFTER.match(self.text[end:right])
        if kind == "pronoun":
            starts_inside = False
        if starts_inside or ends_inside:
            self.warn(where, f"“{self.text[begin:end]}” is a piece of the word “{self.text[left:right]}” — meant?")

    def choice(self, item, key, where, allowed, default=None):
        value = item.get(key)
        if value is None:
            return default
        if value not in allowed:
            self.error(f"{where}.{key}", f"“{value}” is none of: {', '.join(allowed)}")
        return value

    def string(self, item, key, where):
        value = item.get(key)
        if value is not None and not isinstance(value, str):
            self.error(f"{where}.{key}", f"{value!r} should be a string")
            return str(value)
        return value

    def number(self, item, key, where, cast, low, high):
        if item.get(key) is None:
            return None
        try:
            value = cast(item[key])
        except (TypeError, ValueError):
            self.error(f"{where}.{key}", f"“{item[key]}” is no number")
            return None
        if not low <= value <= high:
            self.error(f"{where}.{key}", f"{value} is not between {low} and {high}")
        return value

    def names(self, item, key, where, allowed=None):
        values = item.get(key)
        if values is None:
            return []
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            self.error(f"{where}.{key}", f"{values!r} should be a list, e.g. [{'m1' if allowed is None else sorted(allowed)[0]}]")
            return []
        for value in values:
            if allowed is not None and value not in allowed:
                self.error(f"{where}.{key}", f"“{value}” is none of: {', '.join(sorted(allowed))}")
            if values.count(value) > 1:
                self.error(f"{where}.{key}", f"“{value}” is given twice")
        return values

    def refs(self, item, key, where, section):
        ids = self.names(item, key, where)
        return [self.ref(i, f"{where}.{key}", section) for i in ids]

    def ref(self, wanted, where, section):
        known = self.section(section)
        if wanted is not None and wanted not in known:
            self.error(where, f"there is no “{wanted}” under {section}; there are: {', '.join(known) or 'none'}")
        return wanted

    def section(self, name):
        value = self.doc.get(name)
        return value if isinstance(value, dict) else {}

    def day(self, item, key, where):
        value = item.get(key)
        if value is None:
            return None
        try:
            return datetime.date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.error(f"{where}.{key}", f"“{value}” is no day — write YYYY-MM-DD")
            return None

    def items(self, name, letter, required, optional):
        value = self.doc.get(name)
        if value is None:
            return
        if not isinstance(value, dict):
            self.error(name, "should be a mapping from ids to items")
            return
        for key, item in value.items():
            where = f"{name}.{key}"
            if not isinstance(key, str) or not re.fullmatch(letter + r"[0-9A-Za-z_]+", key):
                self.error(where, f"ids under {name} look like {letter}1")
            if self.keys(item, where, required, optional):
                yield key, item, where

    # the parts of the record

    def compile(self):
        required = ["id", "outlet", "published", "title", "text"]
        optional = ["url", "lang", "author", "note", "sentences", "entities", "mentions", "times", "places", "claims", "events"]
        if not self.keys(self.doc, "(top)", required, optional):
            return None
        if not isinstance(self.doc.get("text"), str) or not self.doc["text"].strip():
            self.error("text", "should be the article's words")
            return None
        self.text = self.doc["text"].rstrip("\n")
        about = {"id": self.string(self.doc, "id", "(top)")}
        for key in ("url", "outlet", "title"):
            if self.doc.get(key) is not None:
                about[key] = self.string(self.doc, key, "(top)")
        about["published"] = self.published()
        about["lang"] = self.doc.get("lang") or "ar"
        record = {"schema": "isnad/1", "engine": {"version": "0.0.0", "model": "hand"}, "article": about,
                  "sentences": self.sentences(), "entities": self.entities(), "mentions": self.mentions(),
                  "times": self.times(), "places": self.places(), "claims": self.claims(), "events": self.events()}
        self.check_claims(record)
        self.check_chains(record)
        self.check_use(record)
        return record

    def published(self):
        value = str(self.doc.get("published"))
        try:
            datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            self.error("published", f"“{value}” is no ISO date or date-time")
        return value

    def sentences(self):
        starts = self.doc.get("sentences")
        if starts is None:
            return default_sentences(self.text)
        edges, after = [], 0
        for number, start in enumerate(starts if isinstance(starts, list) else [starts]):
            at = self.text.find(str(start), after)
            if at < 0:
                self.error(f"sentences[{number}]", f"“{start}” does not occur after the sentence before it")
                continue
            edges.append(at)
            after = at + 1
        if edges and self.text[:edges[0]].strip():
            self.error("sentences[0]", f"the text begins “{self.text[:20]}” — the first sentence should start there")
        return trimmed(self.text, zip(edges, edges[1:] + [len(self.text)]))

    def entities(self):
        out = []
        for key, item, where in self.items("entities", "e", ["kind", "name"], ["name_en", "country", "sectors", "code", "links"]):
            entity = {"id": key, "kind": self.choice(item, "kind", where, ENTITY_KINDS),
                      "name": self.string(item, "name", where)}
            if item.get("name_en"):
                entity["name_en"] = self.string(item, "name_en", where)
            country = item.get("country")
            if country is not None:
                entity["country"] = country
                if country not in COUNTRIES:
                    self.error(f"{where}.country", f"“{country}” is no ISO 3166-1 alpha-3 code")
            entity["sectors"] = self.names(item, "sectors", where, self.onto.sectors)
            code = item.get("code") or (country or "") + "".join(entity["sectors"])
            if code:
                entity["code"] = code
            links = item.get("links")
            if links is not None and self.keys(links, f"{where}.links", [], ["wikidata", "geonames", "iso3"]):
                entity["links"] = {k: str(v) for k, v in links.items()}
            out.append(entity)
        return out

    def words(self, at):
        return self.text[at[0]:at[1]] if at else ""

    def mentions(self):
        out = []
        for key, item, where in self.items("mentions", "m", ["at", "of", "kind"], []):
            at = self.span(item, "at", where)
            out.append({"id": key, "at": at, "text": self.words(at),
                        "entity": self.ref(item.get("of"), f"{where}.of", "entities"),
                        "kind": self.choice(item, "kind", where, MENTION_KINDS)})
        return out

    def times(self):
        out = []
        for key, item, where in self.items("times", "t", ["at", "type", "value"], ["mod", "first", "last"]):
            at = self.span(item, "at", where)
            time = {"id": key, "at": at, "text": self.words(at), "type": self.choice(item, "type", where, TIME_TYPES),
                    "value": str(item.get("value"))}
            if not re.fullmatch(r"(?:[\dX]{2,4}(?:-(?:[\dX]{2}|W[\dX]{2}|Q[1-4X]|H[12]|SP|SU|FA|WI)(?:-[\dX]{2}|-WE)?)?"
                                r"(?:T(?:[\dX]{2}(?::[\dX]{2}){0,2}|MO|MI|AF|EV|NI|DT))?|PT?[\dX.]+[A-Z]+.*"
                                r"|T[\dX:]{2,8}|T(?:MO|MI|AF|EV|NI|DT)|(?:PRESENT|PAST|FUTURE)_REF)", time["value"]):
                self.warn(f"{where}.value", f"“{time['value']}” does not look like TIMEX3")
            mod = self.choice(item, "mod", where, TIME_MODS)
            if mod:
                time["mod"] = mod
            first, last = self.day(item, "first", where), self.day(item, "last", where)
            if (item.get("first") is None) != (item.get("last") is None):
                self.error(where, "“first” and “last” go together")
            if first and last:
                time["first"], time["last"] = first, last
                if first > last:
                    self.error(where, f"first {first} is after last {last}")
            out.append(time)
        return out

    def places(self):
        out = []
        for key, item, where in self.items("places", "p", ["at", "of", "precision"], ["lat", "lon"]):
            at = self.span(item, "at", where)
            place = {"id": key, "at": at, "text": self.words(at),
                     "entity": self.ref(item.get("of"), f"{where}.of", "entities")}
            lat = self.number(item, "lat", where, float, -90, 90)
            lon = self.number(item, "lon", where, float, -180, 180)
            if (lat is None) != (lon is None):
                self.error(where, "“lat” and “lon” go together")
            if lat is not None and lon is not None:
                place["lat"], place["lon"] = lat, lon
            place["precision"] = self.choice(item, "precision", where, PRECISIONS)
            out.append(place)
        return out

    def claims(self):
        out = []
        required, optional = ["kind", "stance", "content"], ["parent", "sources", "cue", "lemma", "direct", "about", "time"]
        for key, item, where in self.items("claims", "c", required, optional):
            claim = {"id": key}
            if item.get("parent") is not None:
                claim["parent"] = self.ref(item["parent"], f"{where}.parent", "claims")
            claim["sources"] = self.refs(item, "sources", where, "mentions")
            claim["source_kind"] = self.choice(item, "kind", where, SOURCE_KINDS)
            cue = self.span({"cue": item.get("cue")}, "cue", where)
            if cue:
                claim["cue"] = cue
            if item.get("lemma") is not None:
                claim["cue_lemma"] = self.string(item, "lemma", where)
            if (item.get("cue") is None) != (item.get("lemma") is None):
                self.error(where, "“cue” and “lemma” go together")
            claim["stance"] = self.choice(item, "stance", where, STANCES)
            claim["content"] = self.span({"content": item.get("content")}, "content", where)
            direct = item.get("direct", False)
            if not isinstance(direct, bool):
                self.error(f"{where}.direct", f"“{direct}” should be true or false")
            claim["direct"] = direct is True
            about = self.refs(item, "about", where, "events")
            if about:
                claim["about"] = about
            if item.get("time") is not None:
                claim["time"] = self.ref(item["time"], f"{where}.time", "times")
            out.append(claim)
        return out

    def events(self):
        out = []
        required = ["type", "trigger", "lemma", "status"]
        optional = ["mode", "contexts", "cameo", "actors", "recipients", "theme", "time", "place", "toll", "chain"]
        for key, item, where in self.items("events", "v", required, optional):
            kind = self.choice(item, "type", where, self.onto.types)
            event = {"id": key, "type": kind}
            mode = item.get("mode")
            if mode is not None:
                event["mode"] = mode
                if kind in self.onto.modes and mode not in self.onto.modes[kind]:
                    allowed = ", ".join(self.onto.modes[kind]) or "none"
                    self.error(f"{where}.mode", f"“{mode}” is no mode of {kind}; its modes: {allowed}")
            event["contexts"] = self.names(item, "contexts", where, self.onto.contexts)
            if item.get("cameo") is not None:
                event["cameo"] = str(item["cameo"])
                if event["cameo"] not in self.onto.cameo and event["cameo"] not in ("010", "012", "013", "014", "015", "016", "017", "018", "019", "02", "020"):
                    self.error(f"{where}.cameo", f"“{event['cameo']}” is no CAMEO code (see data/cameo_to_plover.tsv)")
            event["trigger"] = {"at": self.span(item, "trigger", where), "lemma": self.string(item, "lemma", where)}
            event["actors"] = self.refs(item, "actors", where, "mentions")
            event["recipients"] = self.refs(item, "recipients", where, "mentions")
            theme = self.span(item, "theme", where)
            if theme:
                event["theme"] = theme
            for name in ("time", "place"):
                if item.get(name) is not None:
                    event[name] = self.ref(item[name], f"{where}.{name}", name + "s")
            toll = self.toll(item, where)
            if toll:
                event["toll"] = toll
            event["status"] = self.choice(item, "status", where, STATUSES)
            event["chain"] = self.refs(item, "chain", where, "claims")
            event["confidence"] = 1.0
            out.append(event)
        return out

    def toll(self, item, where):
        given, out = item.get("toll"), {}
        if given is None or not self.keys(given, f"{where}.toll", [], TOLL_FIELDS):
            return out
        for field, value in given.items():
            place = f"{where}.toll.{field}"
            if isinstance(value, str):
                value = {"low": value, "high": value}
            if not self.keys(value, place, ["low"], ["at", "high"]):
                continue
            count = {}
            at = self.span(value, "at", place)
            if at:
                count["at"] = at
            for bound in ("low", "high"):
                amount = self.number(value, bound, place, int, 0, 10**10)
                if amount is not None:
                    count[bound] = amount
            if count.get("low", 0) > count.get("high", 10**10):
                self.error(place, f"low {count['low']} is above high {count['high']}")
            out[field] = count
        return out

    # consistency between the parts

    def parents(self, record):
        return {c["id"]: c.get("parent") for c in record["claims"]}

    def check_claims(self, record):
        parents, by_id = self.parents(record), {c["id"]: c for c in record["claims"]}
        for claim in record["claims"]:
            where, seen, at = f"claims.{claim['id']}", set(), claim["id"]
            while at in parents and at not in seen:
                seen.add(at)
                at = parents[at]
            if at in seen:
                self.error(f"{where}.parent", "the parents run in a circle")
            if claim["source_kind"] == "hidden" and claim["sources"]:
                self.warn(f"{where}.kind", "a hidden source has no mentions")
            if claim["source_kind"] != "hidden" and not claim["sources"]:
                self.warn(f"{where}.sources", f"no sources, but kind is {claim['source_kind']}, not hidden")
            outer = by_id.get(claim.get("parent"))
            if outer and outer["content"] and claim["content"]:
                if not contains(outer["content"], claim["content"]):
                    self.warn(f"{where}.parent", f"the content is not inside that of {outer['id']}")

    def check_chains(self, record):
        parents, by_id = self.parents(record), {c["id"]: c for c in record["claims"]}
        for event in record["events"]:
            where, chain, trigger = f"events.{event['id']}", event["chain"], event["trigger"]["at"]
            if any(link not in by_id for link in chain):
                continue
            path, at = [], chain[0] if chain else None
            while at is not None and at not in path:
                path.append(at)
                at = parents.get(at)
            if chain != path:
                self.error(f"{where}.chain", f"[{', '.join(chain)}] is not the way from {chain[0]} outwards along "
                           f"`parent`, which is [{', '.join(path)}] — correct the chain or the parents")
            if not trigger:
                continue
            if chain and by_id[chain[0]]["content"] and not contains(by_id[chain[0]]["content"], trigger):
                self.warn(f"{where}.trigger", f"“{self.words(trigger)}” is outside the content of {chain[0]}")
            around = [c for c in record["claims"] if c["content"] and contains(c["content"], trigger)]
            if around:
                inner = min(around, key=lambda c: c["content"][1] - c["content"][0])
                if inner["id"] not in chain:
                    self.warn(f"{where}.chain", f"“{self.words(trigger)}” stands in the content of {inner['id']}, "
                              "which is not in the chain")

    def check_use(self, record):
        used = {m for c in record["claims"] for m in c["sources"]}
        used |= {m for e in record["events"] for m in e["actors"] + e["recipients"]}
        placed = {p["entity"] for p in record["places"]}
        for mention in record["mentions"]:
            if mention["id"] not in used and mention["entity"] not in placed:
                self.warn(f"mentions.{mention['id']}", f"“{mention['text']}” takes part in no event, claim or place")
        known = {m["entity"] for m in record["mentions"]} | placed
        for entity in record["entities"]:
            if entity["id"] not in known:
                self.warn(f"entities.{entity['id']}", f"“{entity['name']}” has no mention and no place")


def contains(outer, inner):
    return outer[0] <= inner[0] and inner[1] <= outer[1]


# --- the schema --------------------------------------------------------------------------------------------------

def schema_errors(record, schema):
    """[(path, message)] by jsonschema, or by the small check below where that is not installed."""
    try:
        import jsonschema
    except ImportError:
        return list(light_check(record, schema, schema, ""))
    validator = jsonschema.Draft202012Validator(schema)
    return [(".".join(map(str, e.absolute_path)), e.message) for e in validator.iter_errors(record)]


TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}


def light_check(value, schema, root, path):
    """The part of JSON Schema that record.schema.json uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield path, f"{value!r} is no {kind}"
        return
    if "const" in schema and value != schema["const"]:
        yield path, f"{value!r} should be {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield path, f"{value!r} is none of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield path, f"{value!r} does not match {schema['pattern']}"
    if value is not None and not isinstance(value, (dict, list, str)):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            yield path, f"{value!r} is out of range"
    if isinstance(value, dict):
        for key in schema.get("required", []):
            if key not in value:
                yield path, f"{key!r} is missing"
        for key, inner in schema.get("properties", {}).items():
            if key in value:
                yield from light_check(value[key], inner, root, f"{path}.{key}".lstrip("."))
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield path, f"{value!r} is too short"
        each = schema.get("prefixItems") or [schema.get("items") or {}] * len(value)
        if schema.get("items") is False and len(value) > len(each):
            yield path, f"{value!r} is too long"
        for number, (item, inner) in enumerate(zip(value, each)):
            yield from light_check(item, inner, root, f"{path}.{number}".lstrip("."))


# --- all of them -------------------------------------------------------------------------------------------------

def compile_file(path, ontology, schema):
    """(record, input line, errors, warnings) of one file; the record is None where it has errors."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    except UnicodeDecodeError as problem:
        return None, None, [f"{path}: not UTF-8: {problem}"], []
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        reason = getattr(problem, "problem", None) or str(problem)
        return None, None, [f"{path}{line}: not YAML: {reason} — put values with : # [ {{ \" in quotes"], []
    article = Article(document, path, ontology)
    record = article.compile()
    if article.errors or record is None:
        return None, None, article.errors, article.warnings
    errors = [f"{path}: {where}: against the schema: {message}" for where, message in schema_errors(record, schema)]
    about = record["article"]
    line = {key: about[key] for key in ("id", "url", "outlet", "published", "title") if key in about}
    line["text"] = article.text
    return record, line, errors, article.warnings


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Checks the hand-made corpus and compiles it to isnad/1 records.")
    parser.add_argument("dir", type=Path, help="a folder of .yaml files, or one .yaml file")
    parser.add_argument("-o", "--output", type=Path, help="where the records go, JSON Lines")
    parser.add_argument("--articles", type=Path, help="where the articles go, JSON Lines")
    parser.add_argument("--quiet", action="store_true", help="no warnings")
    options = parser.parse_args(arguments)
    files = sorted(options.dir.glob("*.yaml")) if options.dir.is_dir() else [options.dir]
    if not files or not files[0].exists():
        print(f"{options.dir}: no .yaml files here", file=sys.stderr)
        return 2
    ontology, schema = Ontology(), json.loads(SCHEMA.read_text(encoding="utf-8"))
    schema.pop("$id")  # a relative $id sends older jsonschema looking for a remote document
    records, lines, errors, warnings, owner = [], [], [], [], {}
    for path in files:
        record, line, wrong, doubtful = compile_file(path, ontology, schema)
        errors += wrong
        warnings += doubtful
        if record:
            other = owner.setdefault(record["article"]["id"], path)
            if other != path:
                errors.append(f"{path}: id: “{record['article']['id']}” is also the id of {other} — rename one")
            records.append(record)
            lines.append(line)
    for message in ([] if options.quiet else warnings) + errors:
        print(message, file=sys.stderr)
    if errors:
        print(f"{len(errors)} errors in {len({e.split(':')[0] for e in errors})} of {len(files)} files; nothing written",
              file=sys.stderr)
        return 1
    if options.output:
        write_lines(options.output, records)
    if options.articles:
        write_lines(options.articles, lines)
    total = {name: sum(len(r[name]) for r in records) for name in ("sentences", "entities", "mentions", "times", "places", "claims", "events")}
    print(f"{len(records)} articles, " + ", ".join(f"{n} {name}" for name, n in total.items()) + f"; {len(warnings)} warnings",
          file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
