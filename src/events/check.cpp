#include "events/check.hpp"

#include "base/mapped_file.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"
#include "events/lexicon.hpp"
#include "record/names.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace isnad::events {

namespace {

using names_t = std::set<std::string, std::less<>>;

// What the code of this layer knows by name; the tables may name nothing else.
const names_t roles = {"", "actor", "recipient", "theme", "place"};
const names_t effects = {"", "planned", "demanded", "possible", "conditional", "negated", "denied"};
const names_t frame_flags = {"sym", "claim", "outcome", "visit", "passive-ok"};
const names_t tolls = {"killed", "wounded", "arrested", "missing", "displaced"};
const names_t cue_flags = {"strong", "weak", "relay", "continue", "event", "outlet", "relative", "hidden"};
const names_t mention_classes = {"person", "country", "org", "place", "number", "actor"};
const names_t engine_lists = {"two_objects", "impersonal", "figurative",      "manner",     "through",
                              "party",       "place_noun", "masculine_place", "pro_deed",   "carrier_noun",
                              "honorific",   "own_state",  "thing",           "withholder", "disclosure",
                              "identity",    "naming",     "written",         "comment"};
const names_t uses = {
    "adverbial", "set apart", "locative", "office", "governed", "during",   "within",    "agent",
    "opener",    "reporting", "as",       "aside",  "slot",     "contrast", "objection", "objection before أن"};

std::string listed(const names_t& known) {
    std::string out;
    for (const auto& one : known)
        out += (out.empty() ? "" : ", ") + (one.empty() ? "-" : one);
    return out;
}

template <class E>
names_t names_of() {
    names_t out;
    for (const auto one : names<E>())
        out.emplace(one);
    return out;
}

/// A bare dictionary form: Arabic letters alone, no vowels, no tatweel; with blanks for a phrase.
bool is_bare(std::string_view word, bool phrase) {
    for (std::size_t at = 0; at < word.size();) {
        const auto [code, size] = utf8::decode(word, at);
        const bool letter = (code >= 0x621 && code <= 0x63A) || (code >= 0x641 && code <= 0x64A);
        if (!letter && !(phrase && code == ' '))
            return false;
        at += size;
    }
    return !word.empty();
}

bool is_id(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

struct sheet {
    table cells;
    bool there = false;
};

class checker {
public:
    explicit checker(const std::string& data_dir) : data_(data_dir) {}

    std::vector<slip> all() {
        read_codes();
        check_function_words();
        check_lists();
        check_cues();
        check_frames();
        check_reach();
        check_cue_flags();
        check_light_verbs();
        check_prep_cues();
        check_scope();
        check_sources();
        check_counts();
        check_directions();
        check_that_it_opens();
        return std::move(found_);
    }

private:
    using row = table::row;

    struct sense {
        const row* at;
        std::string id, kind; ///< kind: type and mode
        std::size_t conditions = 0, positive = 0;
    };

    struct cue_row {
        std::string where;
        names_t complements;
        bool open = true; ///< takes any noun
    };

    void fail(std::string where, std::string what, std::string remedy) {
        found_.push_back({{errc::data, std::move(what), std::move(where), std::move(remedy)}, false});
    }
    void warn(std::string where, std::string what, std::string remedy) {
        found_.push_back({{errc::data, std::move(what), std::move(where), std::move(remedy)}, true});
    }
    [[nodiscard]] std::string path(std::string_view name) const { return data_ + "/" + std::string(name); }

    /// The rows of a table that have as many cells as its header; the others are reported.
    sheet read(const std::string& name, const std::vector<std::string_view>& columns) {
        const auto file = mapped_file::open(path(name));
        if (!file) {
            fail(path(name), "the table is missing", "every table of the event lexicon must be there");
            return {};
        }
        auto cells = table::parse(without_broken_rows(file->view(), path(name)), path(name));
        if (!cells) {
            found_.push_back({cells.failure(), false});
            return {};
        }
        for (const auto column : columns)
            if (!cells->has_column(column)) {
                fail(path(name), "the header has no column \"" + std::string(column) + "\"",
                     "the first line that is no comment names the columns");
                return {};
            }
        for (const auto& other : cells->columns_beside(columns))
            fail(path(name), "unknown column \"" + other + "\"", "no part of the program reads it");
        return {std::move(*cells), true};
    }

    /// The content with comments in place of rows that are too short or too long, so that lines keep their numbers.
    std::string without_broken_rows(std::string_view content, const std::string& where) {
        std::string out;
        std::size_t number = 0;
        std::ptrdiff_t width = -1;
        while (!content.empty()) {
            const auto end = std::min(content.find('\n'), content.size());
            const auto line = content.substr(0, end);
            content.remove_prefix(std::min(end + 1, content.size()));
            ++number;
            const bool is_row = !trim(line).empty() && line.front() != '#';
            const auto cells = std::count(line.begin(), line.end(), '\t') + 1;
            if (is_row && width < 0)
                width = cells;
            const bool whole = !is_row || (cells == width && utf8::first_malformed(line) == std::string_view::npos);
            if (!whole && cells != width)
                fail(where + ":" + std::to_string(number),
                     std::to_string(cells) + " cells for " + std::to_string(width) + " columns",
                     "part cells with one tab each, and write - for an empty one");
            else if (!whole)
                fail(where + ":" + std::to_string(number), "the row is not UTF-8", "save the table as UTF-8");
            out += whole ? std::string(line) : "#";
            out += '\n';
        }
        return out;
    }

    void one_of(const sheet& in, const row& at, const char* column, const names_t& known) {
        const auto cell = in.cells.cell(at, column);
        if (!known.contains(cell))
            fail(at.where, std::string(column) + " \"" + std::string(cell) + "\" is unknown",
                 "use one of: " + listed(known));
    }

    /// The words of a cell, each a bare lemma and there once.
    std::vector<std::string> words(const sheet& in, const row& at, const char* column, bool phrase = false) {
        auto out = in.cells.list(at, column);
        names_t before;
        for (const auto& word : out) {
            if (!is_bare(word, phrase))
                fail(at.where, "\"" + word + "\" in " + column + " is no bare Arabic lemma",
                     "write the dictionary form without vowels, and part lemmas with |");
            if (!before.insert(word).second)
                fail(at.where, "\"" + word + "\" stands twice in " + column, "leave one out");
        }
        return out;
    }

    void preposition(const row& at, const std::string& word, std::string_view what, const names_t& beside = {}) {
        if (!prepositions_.contains(word) && !beside.contains(word))
            fail(at.where, "unknown " + std::string(what) + " \"" + word + "\"",
                 (beside.empty() ? "" : "use " + listed(beside) + " or ") + std::string(beside.empty() ? "use " : "") +
                     "a preposition of function_words.tsv, use slot");
    }

    /// At least one that the row must tell; those marked with "!" it must not.
    void example(const sheet& in, const row& at) {
        const auto all = in.cells.list(at, "example");
        if (std::all_of(all.begin(), all.end(), [](const auto& one) { return one.starts_with('!'); }))
            fail(at.where, all.empty() ? "the row has no example" : "the row has counter-examples alone",
                 "write a sentence of your own that shows it");
    }

    void read_codes() {
        const auto ontology = read("ontology.tsv", {"kind", "name", "parent", "quad", "score"});
        for (const auto& at : ontology.cells.rows()) {
            const auto kind = ontology.cells.cell(at, "kind");
            const std::string name(ontology.cells.cell(at, "name"));
            if (kind == "type")
                types_.insert(name);
            else if (kind == "mode")
                modes_.insert(std::string(ontology.cells.cell(at, "parent")) + "/" + name);
            else if (kind == "context")
                contexts_.insert(name);
        }
        const auto crosswalk = read("cameo_to_plover.tsv", {"cameo", "type", "mode", "contexts"});
        for (const auto& at : crosswalk.cells.rows())
            cameo_.emplace(crosswalk.cells.cell(at, "cameo"));
    }

    void check_function_words() {
        const auto in = read("events/function_words.tsv", {"use", "words"});
        names_t there;
        for (const auto& at : in.cells.rows()) {
            const std::string use(in.cells.cell(at, "use"));
            there.insert(use);
            if (!uses.contains(use))
                fail(at.where, "\"" + use + "\" is no use that the program knows", "use one of: " + listed(uses));
            if (use == "slot")
                for (const auto& word : in.cells.list(at, "words"))
                    prepositions_.insert(word);
        }
        for (const auto& use : uses)
            if (in.there && !there.contains(use))
                fail(path("events/function_words.tsv"), "no words for the use " + use, "add a row");
    }

    void check_lists() {
        const auto contexts = read("events/contexts.tsv", {"context", "lemmas"});
        names_t there;
        for (const auto& at : contexts.cells.rows()) {
            one_of(contexts, at, "context", contexts_);
            words(contexts, at, "lemmas");
            there.emplace(contexts.cells.cell(at, "context"));
        }
        for (const auto& context : contexts_)
            if (contexts.there && !there.contains(context))
                fail(path("events/contexts.tsv"), "no words for the context " + context, "add a row");
        const auto classes = read("events/classes.tsv", {"class", "lemmas"});
        for (const auto& at : classes.cells.rows()) {
            words(classes, at, "lemmas");
            classes_.emplace(classes.cells.cell(at, "class"));
        }
        for (const auto& list : engine_lists)
            if (classes.there && !classes_.contains(list))
                fail(path("events/classes.tsv"), "no words for the list " + list, "the program looks it up: add a row");
    }

    void check_cues() {
        cues_ = read("events/cues.tsv", {"verb", "noun", "participle", "stance", "comp", "source", "addressee",
                                         "effect", "flags", "example"});
        std::map<std::string, std::vector<cue_row>> before;
        for (const auto& at : cues_.cells.rows()) {
            one_of(cues_, at, "stance", names_of<stance>());
            one_of(cues_, at, "effect", effects);
            for (const auto& slot : cues_.cells.list(at, "comp"))
                preposition(at, slot, "complement", {"أن", "obj", "quote"});
            preposition(at, std::string(cues_.cells.cell(at, "source")), "source", {"subj", "gen"});
            preposition(at, std::string(cues_.cells.cell(at, "addressee")), "addressee", {"", "obj"});
            for (const auto& flag : split(cues_.cells.cell(at, "flags"), ' '))
                check_cue_flag(at, flag);
            example(cues_, at);
            for (const char* column : {"verb", "noun", "participle"})
                for (const auto& word : words(cues_, at, column)) {
                    check_cue_reach(std::string(column) + " " + word, at, before);
                    if (column != std::string_view("participle"))
                        cue_words_.insert(word);
                }
        }
    }

    void check_cue_flag(const row& at, const std::string& flag) {
        constexpr std::string_view nouns = "noun:";
        if (!flag.starts_with(nouns)) {
            if (!cue_flags.contains(flag))
                fail(at.where, "unknown flag \"" + flag + "\"",
                     "use one of: " + listed(cue_flags) + ", or noun: with lemmas parted by |");
            return;
        }
        for (const auto& word : split(std::string_view(flag).substr(nouns.size()), '|'))
            if (!is_bare(word, false))
                fail(at.where, "\"" + word + "\" in the flag noun: is no bare Arabic lemma",
                     "write the dictionary form without vowels");
    }

    /// The rows of a word are tried in order: one whose complements a row before it takes, whatever the noun, is dead.
    void check_cue_reach(const std::string& word, const row& at, std::map<std::string, std::vector<cue_row>>& before) {
        cue_row made{at.where, {}, cues_.cells.cell(at, "flags").find("noun:") == std::string_view::npos};
        for (auto& slot : cues_.cells.list(at, "comp"))
            made.complements.insert(std::move(slot));
        auto& rows = before[word];
        for (const auto& earlier : rows)
            if (earlier.open && std::includes(earlier.complements.begin(), earlier.complements.end(),
                                              made.complements.begin(), made.complements.end()))
                warn(at.where, word + ": " + earlier.where + " has its complements already",
                     "put the narrower row first, or leave the word out of one");
        rows.push_back(std::move(made));
    }

    void check_roles(const row& at) {
        for (const char* column : {"subj", "obj", "gen"})
            one_of(frames_, at, column, roles);
        names_t before;
        for (const auto& pair : frames_.cells.list(at, "preps")) {
            const auto equals = std::min(pair.find('='), pair.size());
            const auto word = pair.substr(0, equals);
            if (equals == pair.size() || !roles.contains(pair.substr(equals + 1)))
                fail(at.where, "bad preposition \"" + pair + "\"", "write it as على=recipient");
            else
                preposition(at, word, "preposition");
            if (!before.insert(word).second)
                fail(at.where, word + " stands twice in preps", "one phrase has one role");
        }
    }

    /// Whether the condition asks for something to be there.
    bool check_condition(const row& at, std::string_view text) {
        const auto body = text.starts_with('!') ? text.substr(1) : text;
        const bool asks = body.size() == text.size();
        if (body.starts_with("prep:")) {
            preposition(at, std::string(body.substr(5)), "preposition in a condition,");
            return asks;
        }
        static const names_t slots = {"subj", "obj", "gen", "amod", "any"};
        const auto equals = body.find('=');
        const std::string slot(body.substr(0, equals));
        if (equals == std::string_view::npos || (!slots.contains(slot) && !prepositions_.contains(slot))) {
            fail(at.where, "bad condition \"" + std::string(text) + "\"",
                 "write it as obj=word|word, !any=word, على=@class or prep:على");
            return false;
        }
        const auto values = split(body.substr(equals + 1), '|');
        if (values.empty())
            fail(at.where, "the condition \"" + std::string(text) + "\" names no word", "name a lemma or a @class");
        for (const auto& value : values) {
            const auto name = value.substr(1);
            if (value.starts_with('@') && !classes_.contains(name) && !mention_classes.contains(name))
                fail(at.where, "unknown class " + value,
                     "use a class of classes.tsv or one of: " + listed(mention_classes));
            else if (!value.starts_with('@') && !is_bare(value, false))
                fail(at.where, "\"" + value + "\" in \"" + std::string(text) + "\" is no bare Arabic lemma",
                     "write the dictionary form without vowels");
        }
        return asks;
    }

    void check_codes(const row& at) {
        const std::string type(frames_.cells.cell(at, "type")), mode(frames_.cells.cell(at, "mode"));
        one_of(frames_, at, "type", types_);
        if (!mode.empty() && !modes_.contains(type + "/" + mode))
            fail(at.where, type + " has no mode " + mode, "see ontology.tsv");
        // the root and closing codes of CAMEO that the crosswalk folds into their families
        if (const auto cameo = frames_.cells.cell(at, "cameo"); !cameo_.contains(cameo))
            warn(at.where, "CAMEO " + std::string(cameo) + " is not in the crosswalk", "see cameo_to_plover.tsv");
        for (const auto& context : frames_.cells.list(at, "contexts"))
            if (!contexts_.contains(context))
                fail(at.where, "unknown context " + context, "see ontology.tsv");
    }

    void check_frame_flags(const row& at, const std::vector<std::string>& lemmas) {
        for (const auto& flag : split(frames_.cells.cell(at, "flags"), ' ')) {
            const bool toll = flag.starts_with("toll:") && tolls.contains(flag.substr(5));
            if (!toll && !frame_flags.contains(flag))
                fail(at.where, "unknown flag " + flag,
                     "use one of: " + listed(frame_flags) + ", or toll: with one of: " + listed(tolls));
            if (flag == "claim" && cues_.there &&
                std::none_of(lemmas.begin(), lemmas.end(), [&](const auto& w) { return cue_words_.contains(w); }))
                fail(at.where, "flag claim, but no word of the row is in cues.tsv", "add the cue or drop the flag");
        }
    }

    void check_frames() {
        frames_ = read("events/frames.tsv", {"id", "verb", "masdar", "type", "mode", "cameo", "subj", "obj", "preps",
                                             "gen", "contexts", "when", "flags", "example"});
        std::map<std::string, std::string> ids;
        for (const auto& at : frames_.cells.rows()) {
            const std::string id(frames_.cells.cell(at, "id"));
            if (const auto [first, is_new] = ids.emplace(id, at.where); !is_new)
                fail(at.where, "id " + id + " stands in " + first->second + " too", "an id names one row");
            if (!is_id(id))
                fail(at.where, "bad id \"" + id + "\"", "use lower-case ASCII letters, digits and -");
            check_codes(at);
            check_roles(at);
            sense made{&at, id, std::string(frames_.cells.cell(at, "type")), 0, 0};
            made.kind += "/" + std::string(frames_.cells.cell(at, "mode"));
            for (const auto& text : split(frames_.cells.cell(at, "when"), ' ')) {
                ++made.conditions;
                made.positive += check_condition(at, text) ? 1 : 0;
            }
            example(frames_, at);
            auto lemmas = words(frames_, at, "verb");
            for (const auto& lemma : lemmas)
                senses_["verb " + lemma].push_back(made);
            for (const auto& lemma : words(frames_, at, "masdar")) {
                senses_["masdar " + lemma].push_back(made);
                lemmas.push_back(lemma);
            }
            if (lemmas.empty())
                fail(at.where, "neither verb nor masdar", "a sense needs a word");
            frame_words_.insert(lemmas.begin(), lemmas.end());
            check_frame_flags(at, lemmas);
        }
    }

    /// One general sense a lemma, and no special sense that the general one outweighs.
    void check_reach() {
        for (const auto& [lemma, all] : senses_) {
            const sense* free = nullptr;
            std::ptrdiff_t general = -1; // the engine counts 4 for a condition that asks and 1 for one that excludes
            for (const auto& one : all) {
                if (one.conditions == 0 && free != nullptr)
                    fail(one.at->where,
                         lemma + (one.kind == free->kind ? " has the same sense twice" : " has contradictory senses") +
                             " without restriction: " + free->id + " (" + free->kind + ") in " + free->at->where,
                         "restrict one with `when`");
                if (one.conditions == 0 && free == nullptr)
                    free = &one;
                if (one.positive == 0)
                    general = std::max(general, static_cast<std::ptrdiff_t>(one.conditions));
            }
            for (const auto& one : all)
                if (one.positive != 0 && static_cast<std::ptrdiff_t>(3 * one.positive + one.conditions) <= general)
                    warn(one.at->where, lemma + ": \"" + one.id + "\" never wins against the general sense",
                         "ask for more, or exclude less in the general sense");
        }
    }

    void check_cue_flags() {
        for (const auto& at : cues_.cells.rows()) {
            auto lemmas = cues_.cells.list(at, "verb");
            const auto nouns = cues_.cells.list(at, "noun");
            lemmas.insert(lemmas.end(), nouns.begin(), nouns.end());
            const auto flags = split(cues_.cells.cell(at, "flags"), ' ');
            const bool event = std::find(flags.begin(), flags.end(), "event") != flags.end();
            if (frames_.there && event &&
                std::none_of(lemmas.begin(), lemmas.end(), [&](const auto& w) { return frame_words_.contains(w); }))
                warn(at.where, "flag event, but no word of the row is in frames.tsv", "add the frame or drop the flag");
        }
    }

    void check_light_verbs() {
        const auto in = read("events/light_verbs.tsv", {"verb", "noun_at", "subj", "status", "example"});
        for (const auto& at : in.cells.rows()) {
            words(in, at, "verb");
            preposition(at, std::string(in.cells.cell(at, "noun_at")), "place of the noun", {"obj", "subj"});
            one_of(in, at, "subj", roles);
            one_of(in, at, "status", effects);
        }
        check_twice(in, {"verb", "noun_at"});
    }

    void check_prep_cues() {
        const auto in = read("events/prep_cues.tsv", {"phrase", "stance", "flags", "example"});
        for (const auto& at : in.cells.rows()) {
            one_of(in, at, "stance", names_of<stance>());
            one_of(in, at, "flags", {"", "verb", "relay", "position", "joins"});
            words(in, at, "phrase", true);
        }
        check_twice(in, {"phrase"});
    }

    void check_scope() {
        const auto in = read("events/scope.tsv", {"word", "kind", "effect", "scope", "example"});
        for (const auto& at : in.cells.rows()) {
            words(in, at, "word", true);
            one_of(in, at, "kind", {"particle", "verb", "noun", "phrase"});
            one_of(in, at, "effect", effects);
            one_of(in, at, "scope", {"verb", "comp", "clause"});
        }
        check_twice(in, {"word", "kind"});
    }

    void check_sources() {
        const auto in = read("events/sources.tsv", {"lemma", "source_kind", "example"});
        for (const auto& at : in.cells.rows()) {
            words(in, at, "lemma");
            one_of(in, at, "source_kind", names_of<source_kind>());
        }
    }

    void check_counts() {
        const auto in = read("events/counts.tsv", {"word", "low", "high", "example"});
        for (const auto& at : in.cells.rows()) {
            words(in, at, "word", true);
            for (const char* column : {"low", "high"}) {
                const auto cell = in.cells.cell(at, column);
                const bool number = std::all_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
                if (!number && cell != "both" && cell != "low" && cell != "high")
                    fail(at.where, std::string(column) + " \"" + std::string(cell) + "\" is no number",
                         "use a number, both, low, high or -");
            }
        }
        check_twice(in, {"word"});
    }

    void check_directions() {
        const auto in = read("events/directions.tsv", {"kind", "value", "words"});
        for (const auto& at : in.cells.rows()) {
            one_of(in, at, "kind", {"direction", "unit"});
            words(in, at, "words");
        }
    }

    void check_twice(const sheet& in, const std::vector<const char*>& key) {
        std::map<std::string, std::string> before;
        for (const auto& at : in.cells.rows()) {
            std::string mark;
            for (const auto* column : key)
                mark += (mark.empty() ? "" : ", ") + std::string(in.cells.cell(at, column));
            if (const auto [first, is_new] = before.emplace(mark, at.where); !is_new)
                fail(at.where, "\"" + mark + "\" stands in " + first->second + " too", "leave one out");
        }
    }

    /// What only the reader of the tables holds them to: numbers, phrases, the numerals of data/time.
    void check_that_it_opens() {
        const bool sound = std::all_of(found_.begin(), found_.end(), [](const slip& one) { return one.warning; });
        if (!sound)
            return;
        if (const auto opened = lexicon::open(data_); !opened)
            found_.push_back({opened.failure(), false});
    }

    std::string data_;
    std::vector<slip> found_;
    names_t types_, modes_, contexts_, cameo_, prepositions_, classes_, cue_words_, frame_words_;
    sheet cues_, frames_;
    std::map<std::string, std::vector<sense>> senses_; ///< "verb LEMMA" or "masdar LEMMA"
};

} // namespace

std::vector<slip> check_tables(const std::string& data_dir) {
    return checker(data_dir).all();
}

} // namespace isnad::events
