#!/usr/bin/env python3
"""Check the tables of the event lexicon: codes, columns, words, and rows that can never be reached.

Usage: python3 data/events/check.py     exit 1 and one line an error; warnings do not fail.
"""
import collections
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROLES = {"-", "actor", "recipient", "theme", "place"}
EFFECTS = {"-", "planned", "demanded", "possible", "conditional", "negated", "denied"}
STANCES = set("state report announce confirm deny reject accuse believe expect doubt demand warn promise ask".split())
KINDS = set("hidden named office anonymous media body public document".split())
PREPOSITIONS = set("في من إلى على عن ب ل مع بين ضد حول بشأن أمام لدى نحو باتجاه لصالح خلال عبر تجاه إزاء "
                   "بتهمة لمصلحة بحق خلف قرب داخل خارج وراء ضمن عند وسط قبالة".split()) | {"ب جانب"}
# Lists that the engine itself looks up, and the uses of function words that it knows.
ENGINE_LISTS = {"through", "two_objects", "impersonal", "figurative", "party", "place_noun", "masculine_place", "pro_deed", "carrier_noun", "honorific", "own_state", "thing",
                "withholder", "disclosure", "identity", "naming", "written", "comment", "manner"}
USES = {"locative", "office", "governed", "during", "within", "agent", "reporting", "opener", "as", "aside", "adverbial", "set apart"}
# Classes that the engine decides from the mention; the others must be listed in classes.tsv.
MENTION_CLASSES = set("person country org place number actor".split())
FRAME_FLAGS = set("sym claim outcome visit passive-ok".split())
TOLLS = set("killed wounded arrested missing displaced".split())
CUE_FLAGS = set("strong weak relay continue event outlet relative hidden".split())
ARABIC = re.compile(r"^[ء-غف-ي]+$")
ARABIC_PHRASE = re.compile(r"^[ء-غف-ي ]+$")
errors, warnings = [], []


def read(name):
    """Rows of a table as dictionaries with the line under "line"; structural errors are reported."""
    path = HERE / name
    rows, header = [], None
    if not path.exists():
        errors.append(f"{name}: missing")
        return rows
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) != len(header):
            errors.append(f"{name}:{number}: {len(cells)} cells for {len(header)} columns")
            continue
        rows.append(dict(zip(header, cells), line=number))
    return rows


def pieces(cell):
    return [] if cell == "-" else [piece.strip() for piece in cell.split("|")]


def fail(name, row, what):
    errors.append(f"{name}:{row['line']}: {what}")


def one_of(name, row, column, allowed):
    if row[column] not in allowed:
        fail(name, row, f"{column} \"{row[column]}\" is none of the known codes")


def words(name, row, column, pattern=ARABIC):
    out = pieces(row[column])
    for word in out:
        if not pattern.match(word):
            fail(name, row, f"\"{word}\" in {column} is no bare Arabic lemma")
    for word, count in collections.Counter(out).items():
        if count > 1:
            fail(name, row, f"\"{word}\" stands twice in {column}")
    return out


def ontology():
    types, modes, contexts = set(), set(), set()
    for line in (HERE.parent / "ontology.tsv").read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if cells[0] == "type":
            types.add(cells[1])
        elif cells[0] == "mode":
            modes.add((cells[2], cells[1]))
        elif cells[0] == "context":
            contexts.add(cells[1])
    cameo = {line.split("\t")[0]: line.split("\t")[1]
             for line in (HERE.parent / "cameo_to_plover.tsv").read_text(encoding="utf-8").split("\n")[1:] if line}
    return types, modes, contexts, cameo


def condition(row, text, classes):
    """Checks one condition; returns whether it asks for something to be there."""
    negated, body = text.startswith("!"), text.lstrip("!")
    if body.startswith("prep:"):
        if body[5:] not in PREPOSITIONS:
            fail("frames.tsv", row, f"unknown preposition in \"{text}\"")
        return not negated
    slot, equals, values = body.partition("=")
    if not equals or (slot not in {"subj", "obj", "gen", "amod", "any"} and slot not in PREPOSITIONS):
        fail("frames.tsv", row, f"bad condition \"{text}\"")
        return False
    for value in values.split("|"):
        if value.startswith("@"):
            if value[1:] not in classes | MENTION_CLASSES:
                fail("frames.tsv", row, f"unknown class {value}")
        elif not ARABIC.match(value):
            fail("frames.tsv", row, f"\"{value}\" in \"{text}\" is no bare Arabic lemma")
    return not negated


def check_frames(codes, classes, cue_words):
    types, modes, contexts, cameo = codes
    rows, ids = read("frames.tsv"), {}
    senses = collections.defaultdict(list)
    for row in rows:
        if row["id"] in ids:
            fail("frames.tsv", row, f"id {row['id']} stands in line {ids[row['id']]} too")
        ids[row["id"]] = row["line"]
        if not re.match(r"^[a-z0-9-]+$", row["id"]):
            fail("frames.tsv", row, "an id is short lower-case ASCII")
        one_of("frames.tsv", row, "type", types)
        if row["mode"] != "-" and (row["type"], row["mode"]) not in modes:
            fail("frames.tsv", row, f"{row['type']} has no mode {row['mode']}")
        if row["cameo"] not in cameo:
            # the root and closing codes of CAMEO that the crosswalk folds into their families
            warnings.append(f"frames.tsv:{row['line']}: CAMEO {row['cameo']} is not in the crosswalk")
        for column in ("subj", "obj", "gen"):
            one_of("frames.tsv", row, column, ROLES)
        seen = set()
        for pair in pieces(row["preps"]):
            preposition, _, role = pair.partition("=")
            if preposition not in PREPOSITIONS or role not in ROLES:
                fail("frames.tsv", row, f"bad preposition \"{pair}\"")
            if preposition in seen:
                fail("frames.tsv", row, f"{preposition} stands twice")
            seen.add(preposition)
        for context in pieces(row["contexts"]):
            if context not in contexts:
                fail("frames.tsv", row, f"unknown context {context}")
        conditions = [] if row["when"] == "-" else row["when"].split()
        positive = [text for text in conditions if condition(row, text, classes)]
        flags = [] if row["flags"] == "-" else row["flags"].split()
        for flag in flags:
            if flag not in FRAME_FLAGS and not (flag.startswith("toll:") and flag[5:] in TOLLS):
                fail("frames.tsv", row, f"unknown flag {flag}")
        if row["example"] in ("", "-"):
            fail("frames.tsv", row, "a sense needs an example")
        verbs, nouns = words("frames.tsv", row, "verb"), words("frames.tsv", row, "masdar")
        if not verbs and not nouns:
            fail("frames.tsv", row, "neither verb nor masdar")
        if "claim" in flags and not any(word in cue_words for word in verbs + nouns):
            fail("frames.tsv", row, "flag claim, but no word of the row is in cues.tsv")
        for kind, lemmas in (("verb", verbs), ("masdar", nouns)):
            for lemma in lemmas:
                senses[kind, lemma].append((row, conditions, positive))
    check_reach(senses)
    return rows


def check_reach(senses):
    """One general sense a lemma, and no special sense that the general one outweighs."""
    for (kind, lemma), found in senses.items():
        free = [row for row, conditions, _ in found if not conditions]
        kinds = {(row["type"], row["mode"]) for row in free}
        if len(kinds) > 1:
            fail("frames.tsv", free[-1], f"{kind} {lemma} has contradictory senses without restriction: {sorted(kinds)}")
        elif len(free) > 1:
            fail("frames.tsv", free[-1], f"{kind} {lemma} has the same sense twice without restriction")
        # The engine counts 4 for a condition that asks for something and 1 for one that excludes; the highest sense wins.
        general = max((len(conditions) for _, conditions, positive in found if not positive), default=-1)
        for row, conditions, positive in found:
            if positive and 4 * len(positive) + len(conditions) - len(positive) <= general:
                warnings.append(f"frames.tsv:{row['line']}: {kind} {lemma}: \"{row['id']}\" never wins against the "
                                "general sense")


def check_cues():
    rows = read("cues.tsv")
    seen = collections.defaultdict(dict)
    for row in rows:
        one_of("cues.tsv", row, "stance", STANCES)
        one_of("cues.tsv", row, "effect", EFFECTS)
        for slot in pieces(row["comp"]):
            if slot not in {"أن", "obj", "quote"} | PREPOSITIONS:
                fail("cues.tsv", row, f"unknown complement {slot}")
        if row["source"] not in {"subj", "gen"} | PREPOSITIONS:
            fail("cues.tsv", row, f"unknown source {row['source']}")
        if row["addressee"] not in {"-", "obj"} | PREPOSITIONS:
            fail("cues.tsv", row, f"unknown addressee {row['addressee']}")
        for flag in row["flags"].split():
            if flag.startswith("noun:"):
                for word in flag[5:].split("|"):
                    if not ARABIC.match(word):
                        fail("cues.tsv", row, f"\"{word}\" in {flag[:20]} is no bare Arabic lemma")
            elif flag != "-" and flag not in CUE_FLAGS:
                fail("cues.tsv", row, f"unknown flag {flag}")
        if row["example"] in ("", "-"):
            fail("cues.tsv", row, "a cue needs an example")
        for column in ("verb", "noun", "participle"):
            for word in words("cues.tsv", row, column):
                # The rows of a word are tried in order: one whose complements an open row before it takes all is dead.
                slots, open_row = set(pieces(row["comp"])), "noun:" not in row["flags"]
                for line, taken, was_open in seen[column].get(word, []):
                    if was_open and slots <= taken:
                        warnings.append(f"cues.tsv:{row['line']}: {column} {word}: line {line} has its complements already")
                seen[column].setdefault(word, []).append((row["line"], slots, open_row))
    return rows, set(seen["verb"]) | set(seen["noun"])


def check_simple():
    """The tables without inner structure; returns rows by table name."""
    out = {}
    out["prep_cues.tsv"] = read("prep_cues.tsv")
    for row in out["prep_cues.tsv"]:
        one_of("prep_cues.tsv", row, "stance", STANCES)
        words("prep_cues.tsv", row, "phrase", ARABIC_PHRASE)
    out["light_verbs.tsv"] = read("light_verbs.tsv")
    for row in out["light_verbs.tsv"]:
        words("light_verbs.tsv", row, "verb")
        one_of("light_verbs.tsv", row, "noun_at", {"obj", "subj"} | PREPOSITIONS)
        one_of("light_verbs.tsv", row, "subj", ROLES)
        one_of("light_verbs.tsv", row, "status", EFFECTS)
    out["scope.tsv"] = read("scope.tsv")
    for row in out["scope.tsv"]:
        words("scope.tsv", row, "word", ARABIC_PHRASE)
        one_of("scope.tsv", row, "kind", {"particle", "verb", "noun", "phrase"})
        one_of("scope.tsv", row, "effect", EFFECTS)
        one_of("scope.tsv", row, "scope", {"verb", "comp", "clause"})
    out["sources.tsv"] = read("sources.tsv")
    for row in out["sources.tsv"]:
        words("sources.tsv", row, "lemma")
        one_of("sources.tsv", row, "source_kind", KINDS)
    out["counts.tsv"] = read("counts.tsv")
    for row in out["counts.tsv"]:
        words("counts.tsv", row, "word", ARABIC_PHRASE)
        for column in ("low", "high"):
            if not re.match(r"^(-|\d+|both|low|high)$", row[column]):
                fail("counts.tsv", row, f"{column} is a number, both, low, high or -")
    for name, key in (("prep_cues.tsv", "phrase"), ("scope.tsv", "word"), ("counts.tsv", "word"), ("light_verbs.tsv", "verb")):
        seen = {}
        for row in out[name]:
            mark = (row[key], row.get("kind"), row.get("noun_at"))
            if mark in seen:
                fail(name, row, f"\"{row[key]}\" stands in line {seen[mark]} too")
            seen[mark] = row["line"]
    return out


def check_lists(codes):
    contexts = read("contexts.tsv")
    for row in contexts:
        one_of("contexts.tsv", row, "context", codes[2])
        words("contexts.tsv", row, "lemmas")
    for missing in sorted(codes[2] - {row["context"] for row in contexts}):
        errors.append(f"contexts.tsv: no words for {missing}")
    classes = read("classes.tsv")
    for row in classes:
        words("classes.tsv", row, "lemmas")
    for missing in sorted(ENGINE_LISTS - {row["class"] for row in classes}):
        errors.append(f"classes.tsv: no words for {missing}")
    uses = {row["use"] for row in read("function_words.tsv")}
    for wrong in sorted(uses ^ USES):
        errors.append(f"function_words.tsv: {wrong} is " + ("not a use that the engine knows" if wrong in uses else "missing"))
    return contexts, classes


def main():
    codes = ontology()
    contexts, classes = check_lists(codes)
    cues, cue_words = check_cues()
    frames = check_frames(codes, {row["class"] for row in classes}, cue_words)
    simple = check_simple()
    by_type = collections.Counter(row["type"] for row in frames)
    modes = {(row["type"], row["mode"]) for row in frames if row["mode"] != "-"}
    print(f"frames {len(frames)}: " + " ".join(f"{name} {count}" for name, count in sorted(by_type.items())))
    print("types without a frame:", sorted(codes[0] - set(by_type)) or "none")
    print("modes without a frame:", sorted(codes[1] - modes) or "none")
    print(f"cues {len(cues)}, contexts {len(contexts)}, classes {len(classes)}, "
          + ", ".join(f"{name[:-4]} {len(rows)}" for name, rows in simple.items()))
    for line in warnings:
        print("warning:", line)
    for line in errors:
        print("error:", line)
    print(f"{len(errors)} errors, {len(warnings)} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
