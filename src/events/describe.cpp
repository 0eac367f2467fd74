#include "events/describe.hpp"

#include "base/table.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <set>

namespace isnad::events {

namespace {

/// "a, b" of "a|b"; a class is "any KIND of classes.tsv or of the mention".
std::string alternatives(std::string_view values) {
    std::string out;
    for (const auto& value : split(values, '|'))
        out += (out.empty() ? "" : ", ") + (value.starts_with('@') ? "the class " + value.substr(1) : value);
    return out;
}

std::string place_of(std::string_view slot) {
    if (slot == "subj")
        return "the subject";
    if (slot == "obj")
        return "the object";
    if (slot == "gen")
        return "the genitive";
    if (slot == "amod")
        return "an adjective of it";
    return "the phrase with " + std::string(slot);
}

/// A table and the columns that hold its words and its properties.
struct shape {
    const char* name;
    std::vector<const char*> words;
    std::vector<std::pair<const char*, const char*>> what;  ///< label, column
    std::vector<std::pair<const char*, const char*>> slots; ///< label, column
};

const std::vector<shape>& shapes() {
    static const std::vector<shape> all = {
        {"frames",
         {"verb", "masdar"},
         {{"", "type"}, {"mode", "mode"}, {"CAMEO", "cameo"}, {"contexts", "contexts"}, {"flags", "flags"}},
         {{"subject", "subj"}, {"object", "obj"}, {"genitive", "gen"}, {"", "preps"}}},
        {"cues",
         {"verb", "noun", "participle"},
         {{"stance", "stance"}, {"what is said is", "effect"}, {"flags", "flags"}},
         {{"source", "source"}, {"content", "comp"}, {"addressee", "addressee"}}},
        {"light_verbs", {"verb"}, {{"the deed is", "status"}}, {{"noun", "noun_at"}, {"subject", "subj"}}},
        {"prep_cues", {"phrase"}, {{"stance", "stance"}, {"flags", "flags"}}, {}},
        {"scope", {"word"}, {{"the deed is", "effect"}, {"kind", "kind"}}, {{"scope", "scope"}}},
    };
    return all;
}

std::string labelled(const table& of, const table::row& at,
                     const std::vector<std::pair<const char*, const char*>>& columns) {
    std::string out;
    for (const auto& [label, column] : columns) {
        std::string cell;
        for (const auto& piece : of.list(at, column))
            cell += (cell.empty() ? "" : " | ") + piece;
        if (cell.empty())
            continue;
        std::replace(cell.begin(), cell.end(), '=', ' ');
        out += (out.empty() ? "" : ", ") + std::string(label) + (*label == '\0' ? "" : " ") + cell;
    }
    return out;
}

result<table> read(const std::string& data_dir, const std::string& name) {
    return table::read(data_dir + "/events/" + name + ".tsv");
}

void add_rows(const shape& as, const table& of, const std::set<std::string>& keys, std::vector<known_row>& out) {
    for (const auto& at : of.rows()) {
        std::string columns;
        for (const auto* column : as.words) {
            const auto lemmas = of.list(at, column);
            if (std::any_of(lemmas.begin(), lemmas.end(), [&](const auto& w) { return keys.contains(text::fold(w)); }))
                columns += (columns.empty() ? "" : ", ") + std::string(column);
        }
        if (!columns.empty())
            out.push_back({at.where, as.name, columns, std::string(of.cell(at, "id")), labelled(of, at, as.what),
                           labelled(of, at, as.slots), split(of.cell(at, "when"), ' '), of.list(at, "example")});
    }
}

void count_frames(const table& frames, lexicon_size& out,
                  const std::function<std::vector<std::string>(const std::string&)>& keys_in) {
    std::set<std::string> lemmas;
    for (const auto& at : frames.rows()) {
        std::set<std::string> shown;
        for (const auto& sentence : frames.list(at, "example"))
            if (!sentence.starts_with('!'))
                for (auto& key : keys_in(sentence))
                    shown.insert(std::move(key));
        std::size_t senses = 0;
        for (const auto* column : {"verb", "masdar"})
            for (const auto& lemma : frames.list(at, column)) {
                ++senses;
                lemmas.insert(text::fold(lemma));
                if (!shown.contains(text::fold(lemma)))
                    out.bare.emplace_back(lemma, at.where);
            }
        const std::string type(frames.cell(at, "type")), mode(frames.cell(at, "mode"));
        for (auto* part : {&out.frames, &out.types[type], mode.empty() ? nullptr : &out.modes[type + "/" + mode]})
            if (part != nullptr) {
                ++part->rows;
                part->senses += senses;
            }
    }
    out.lemmas = lemmas.size();
}

} // namespace

std::string in_words(std::string_view condition) {
    const bool negated = condition.starts_with('!');
    if (negated)
        condition.remove_prefix(1);
    if (condition.starts_with("prep:"))
        return (negated ? "there is no phrase with " : "there is a phrase with ") + std::string(condition.substr(5));
    const auto equals = std::min(condition.find('='), condition.size());
    const auto slot = condition.substr(0, equals);
    const auto values = condition.substr(std::min(equals + 1, condition.size()));
    const bool one = values.find('|') == std::string_view::npos;
    if (slot == "any")
        return (negated ? "the sentence has none of: "
                : one   ? "the sentence has "
                        : "the sentence has one of: ") +
               alternatives(values);
    return place_of(slot) +
           (negated ? one ? " is not " : " is none of: "
            : one   ? " is "
                    : " is one of: ") +
           alternatives(values);
}

result<std::vector<known_row>> rows_of(const std::string& data_dir, const std::vector<std::string>& keys) {
    const std::set<std::string> wanted(keys.begin(), keys.end());
    std::vector<known_row> out;
    for (const auto& as : shapes()) {
        const auto of = read(data_dir, as.name);
        if (!of)
            return of.failure();
        add_rows(as, *of, wanted, out);
    }
    return out;
}

result<lexicon_size> measure(const std::string& data_dir,
                             const std::function<std::vector<std::string>(const std::string&)>& keys_in) {
    lexicon_size out;
    const auto ontology = table::read(data_dir + "/ontology.tsv");
    if (!ontology)
        return ontology.failure();
    for (const auto& at : ontology->rows()) {
        const std::string name(ontology->cell(at, "name")), parent(ontology->cell(at, "parent"));
        if (ontology->cell(at, "kind") == "type")
            out.types[name];
        else if (ontology->cell(at, "kind") == "mode")
            out.modes[parent + "/" + name];
    }
    for (const char* name : {"frames", "cues", "prep_cues", "light_verbs", "scope", "sources", "classes", "contexts",
                             "counts", "function_words", "directions"}) {
        const auto of = read(data_dir, name);
        if (!of)
            return of.failure();
        out.tables[name] = of->rows().size();
        if (name == std::string_view("frames"))
            count_frames(*of, out, keys_in);
    }
    return out;
}

} // namespace isnad::events
