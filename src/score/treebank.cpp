#include "score/treebank.hpp"

#include "base/utf8.hpp"
#include "nlp/conllu.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <limits>

namespace isnad::treebanks {
namespace {

// The lists of conll18_ud_eval.py, version 1.2.
constexpr std::array<std::string_view, 29> content_relations = {
    "nsubj", "obj",      "iobj",      "csubj",     "ccomp",  "xcomp",    "obl",        "vocative", "expl", "dislocated",
    "advcl", "advmod",   "discourse", "nmod",      "appos",  "nummod",   "acl",        "amod",     "conj", "fixed",
    "flat",  "compound", "list",      "parataxis", "orphan", "goeswith", "reparandum", "root",     "dep"};
constexpr std::array<std::string_view, 7> functional_relations = {"aux", "cop", "mark", "det", "clf", "case", "cc"};
constexpr std::array<std::string_view, 21> universal_features = {
    "PronType", "NumType",  "Poss", "Reflex", "Foreign", "Abbr",  "Gender",  "Animacy",  "Number", "Case",  "Definite",
    "Degree",   "VerbForm", "Mood", "Tense",  "Aspect",  "Voice", "Evident", "Polarity", "Person", "Polite"};

template <std::size_t n>
bool among(const std::array<std::string_view, n>& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

/// Unicode's category Zs, which one file's tokens may hold and the other's not.
bool is_space(char32_t c) {
    return c == 0x20 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

void append_visible(std::string_view form, std::string& out) {
    for (std::size_t at = 0; at < form.size();) {
        const auto [code, size] = utf8::decode(form, at);
        if (!is_space(code))
            out += form.substr(at, size);
        at += size;
    }
}

/// conll18_ud_eval.py takes blanks out of written tokens, and so of words that are tokens, not of a token's words.
std::string visible(std::string_view form) {
    std::string out;
    append_visible(form, out);
    return out;
}

std::string lower(std::string_view form) {
    const bool plain = std::none_of(form.begin(), form.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const bool arabic = std::all_of(form.begin(), form.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0xC0 || (byte >= 0xD8 && byte <= 0xDB); // of two bytes from U+0600 on, which know no case
    });
    if (plain && arabic)
        return std::string(form);
    std::string out;
    icu::UnicodeString::fromUTF8({form.data(), static_cast<std::int32_t>(form.size())})
        .toLower(icu::Locale::getRoot())
        .toUTF8String(out);
    return out;
}

std::string universal(std::string_view feats) {
    std::vector<std::string_view> kept;
    while (!feats.empty()) {
        const std::size_t end = std::min(feats.find('|'), feats.size());
        const std::string_view pair = feats.substr(0, end);
        if (among(universal_features, pair.substr(0, pair.find('='))))
            kept.push_back(pair);
        feats.remove_prefix(std::min(end + 1, feats.size()));
    }
    std::sort(kept.begin(), kept.end());
    std::string out;
    for (const std::string_view pair : kept)
        (out += pair) += '|';
    return out;
}

class loader {
public:
    loader(const std::string& where, interner& strings) : where_(where), strings_(strings) {}

    result<treebank> all(std::string_view content) {
        constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
        if (content.size() > most)
            return error{errc::limit, "a file of more than 2 GiB", where_, "score it in parts"};
        nlp::conllu_reader reader(where_, {most, most});
        while (!content.empty()) {
            const std::size_t end = std::min(content.find('\n'), content.size());
            if (const auto added = add(reader.take(content.substr(0, end))); !added)
                return added.failure();
            content.remove_prefix(std::min(end + 1, content.size()));
        }
        if (const auto added = add(reader.finish()); !added)
            return added.failure();
        if (out_.words.empty())
            return error{errc::data, "no words", where_, "give sentences in CoNLL-U"};
        return std::move(out_);
    }

private:
    result<done_t> add(const std::optional<result<nlp::conllu_sentence>>& read) {
        if (!read)
            return done;
        if (!*read)
            return read->failure();
        const nlp::conllu_sentence& given = **read;
        if (const auto tree = nlp::check_tree(given, where_); !tree)
            return tree.failure();
        first_ = static_cast<std::int32_t>(out_.words.size());
        const auto begin = static_cast<std::uint32_t>(out_.characters.size());
        open_name_ = 0;
        for (const nlp::conllu_token& token : given.tokens)
            if (const auto fit = add(token, given); !fit)
                return fit.failure();
        out_.sentences.push_back({begin, static_cast<std::uint32_t>(out_.characters.size())});
        return done;
    }

    result<done_t> add(const nlp::conllu_token& token, const nlp::conllu_sentence& of) {
        extent at{static_cast<std::uint32_t>(out_.characters.size()), 0};
        append_visible(token.form, out_.characters);
        at.end = static_cast<std::uint32_t>(out_.characters.size());
        const std::size_t line = of.rows[token.first].line;
        if (at.begin == at.end)
            return error{errc::data, "a token of nothing but blanks", where_ + ":" + std::to_string(line),
                         "give its form"};
        out_.tokens.push_back(at);
        out_.token_lines.push_back(line);
        for (std::uint32_t i = token.first; i < token.first + token.count; ++i)
            out_.words.push_back(word(of.rows[i], at, !token.row.empty()));
        return done;
    }

    tree_word word(const nlp::conllu_row& row, extent at, bool multiword) {
        const std::string_view relation = std::string_view(row.deprel).substr(0, row.deprel.find(':'));
        tree_word out;
        out.at = at;
        out.multiword = multiword;
        out.form = strings_.number(lower(multiword ? row.form : visible(row.form)));
        out.lemma = strings_.number(row.lemma);
        out.upos = strings_.number(row.upos);
        out.xpos = strings_.number(row.xpos);
        out.feats = strings_.number(universal(row.feats));
        out.relation = strings_.number(relation);
        out.whole_relation = strings_.number(row.deprel);
        out.parent = row.head == nlp::headless ? unknown_parent : row.head < 0 ? no_parent : first_ + row.head;
        out.lemma_given = row.lemma != "_";
        out.content = among(content_relations, relation);
        out.functional = among(functional_relations, relation);
        name(nlp::misc_value(row.misc, "NE"), out);
        out_.has_upos = out_.has_upos || row.upos != "_";
        out_.has_xpos = out_.has_xpos || row.xpos != "_";
        out_.has_feats = out_.has_feats || row.feats != "_";
        out_.has_lemmas = out_.has_lemmas || out.lemma_given;
        out_.has_trees = out_.has_trees || row.head != nlp::headless;
        return out;
    }

    /// BIO, where an "I" that continues nothing begins.
    void name(std::string_view label, tree_word& out) {
        const bool inside = label.starts_with("B-") || label.starts_with("I-");
        out.name = inside ? strings_.number(label.substr(2)) + 1 : 0;
        out.begins_name = inside && (label.front() == 'B' || out.name != open_name_);
        open_name_ = out.name;
        out_.has_names = out_.has_names || inside;
    }

    const std::string& where_;
    interner& strings_;
    treebank out_;
    std::int32_t first_ = 0; ///< the open sentence's first word
    std::uint32_t open_name_ = 0;
};

} // namespace

std::uint32_t interner::number(std::string_view text) {
    if (const auto known = numbers_.find(text); known != numbers_.end())
        return known->second;
    const auto next = static_cast<std::uint32_t>(numbers_.size());
    numbers_.emplace(text, next);
    return next;
}

result<treebank> load(std::string_view content, const std::string& where, interner& strings) {
    return loader(where, strings).all(content);
}

} // namespace isnad::treebanks
