#include "events/syntax.hpp"

#include "text/fold.hpp"

#include <algorithm>

namespace isnad::events {

namespace {

using nlp::upos;

/// Marks each quotation mark as opening (1) or closing (2). Straight marks alternate; a mark right before a word with
/// none open opens.
std::vector<std::uint8_t> quotes_of(const nlp::sentence& parsed) {
    std::vector<std::uint8_t> out(parsed.words.size(), 0);
    bool open = false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::string_view form = parsed.words[i].form;
        if (form == "«" || form == "“" || form == "„" || form == "‹")
            out[i] = 1;
        else if (form == "»" || form == "”" || form == "›")
            out[i] = 2;
        else if (form == "\"" || form == "''" || form == "``" || form == "'")
            out[i] = open ? 2 : 1;
        if (out[i] != 0)
            open = out[i] == 1;
    }
    return out;
}

} // namespace

syntax::syntax(const nlp::sentence& parsed) : parsed_(&parsed), quote_(quotes_of(parsed)) {
    const auto n = size();
    folded_.reserve(n);
    for (const auto& word : parsed.words) {
        folded_.push_back(text::fold(word.form));
        keys_.push_back(word.key);
        verb_.push_back(word.tag == upos::verb ? 1 : 0);
        first_person_.push_back(nlp::feature(word.feats, "Person") == "1" ? 1 : 0);
    }
    heads_.assign(n, no_word);
    for (word_index i = 0; i < n; ++i)
        if (const auto head = parsed.words[i].head;
            head >= 0 && static_cast<word_index>(head) < n && static_cast<word_index>(head) != i)
            heads_[i] = static_cast<word_index>(head);
    // A cycle, which only a foreign CoNLL-U can bring, is cut where it is met.
    for (word_index i = 0; i < n; ++i) {
        word_index at = i;
        for (word_index steps = 0; heads_[at] != no_word; ++steps) {
            if (steps > n) {
                heads_[i] = no_word;
                break;
            }
            at = heads_[at];
        }
    }
    first_child_.assign(n + 1, 0);
    for (word_index i = 0; i < n; ++i)
        if (heads_[i] != no_word)
            ++first_child_[heads_[i] + 1];
    for (word_index i = 0; i < n; ++i)
        first_child_[i + 1] += first_child_[i];
    children_.resize(first_child_[n]);
    auto next = first_child_;
    for (word_index i = 0; i < n; ++i)
        if (heads_[i] != no_word)
            children_[next[heads_[i]]++] = i;
    low_.resize(n);
    high_.resize(n);
    for (word_index i = 0; i < n; ++i)
        low_[i] = high_[i] = i;
    for (word_index i = 0; i < n; ++i)
        for (word_index at = heads_[i]; at != no_word; at = heads_[at]) {
            if (low_[at] <= i && i <= high_[at])
                break;
            low_[at] = std::min(low_[at], i);
            high_[at] = std::max(high_[at], i);
        }
}

void syntax::mend(word_index i, std::string key, bool first_person) {
    keys_[i] = std::move(key);
    verb_[i] = 1;
    first_person_[i] = first_person ? 1 : 0;
}

std::string_view syntax::bare(word_index i) const {
    const std::string_view form = folded_[i];
    constexpr std::string_view article = "ال";
    return form.starts_with(article) && form.size() > article.size() + 2 ? form.substr(article.size()) : form;
}

bool syntax::descends(word_index i, word_index ancestor) const {
    for (word_index at = i; at != no_word; at = heads_[at])
        if (at == ancestor)
            return true;
    return false;
}

bool syntax::relation(word_index i, std::initializer_list<std::string_view> names) const {
    std::string_view full = word(i).deprel;
    const std::string_view base = full.substr(0, full.find(':'));
    return std::any_of(names.begin(), names.end(), [&](auto name) { return name == full || name == base; });
}

word_index syntax::child(word_index i, std::initializer_list<std::string_view> names) const {
    for (const auto c : children(i))
        if (relation(c, names))
            return c;
    return no_word;
}

std::string syntax::preposition(word_index nominal) const {
    std::string out;
    for (const auto c : children(nominal)) {
        if (c > nominal || !relation(c, {"case"}))
            continue;
        if (!out.empty())
            out += ' ';
        out += folded_[c];
        for (const auto rest : children(c))
            if (relation(rest, {"fixed"}))
                out += ' ' + folded_[rest];
    }
    return out;
}

bool syntax::is_nominal(word_index i) const {
    switch (word(i).tag) {
    case upos::noun:
    case upos::propn:
    case upos::other:
    case upos::num:
    case upos::pron:
    case upos::adj:
        return verb_[i] == 0;
    default:
        return false;
    }
}

bool syntax::is_passive(word_index i) const {
    const auto& w = word(i);
    if (nlp::feature(w.feats, "Voice") == "Pass")
        return true;
    return child(i, {"nsubj:pass"}) != no_word;
}

bool syntax::is_perfect(word_index i) const {
    return nlp::feature(word(i).feats, "Aspect") == "Perf";
}
bool syntax::is_imperfect(word_index i) const {
    return nlp::feature(word(i).feats, "Aspect") == "Imp";
}

bool syntax::is_pronoun_suffix(word_index i) const {
    static constexpr std::string_view suffixes[] = {"ه", "ها", "هم", "هما", "هن", "ك", "كم", "ي", "نا", "ني"};
    if (word(i).tag != upos::pron || i == 0)
        return false;
    return std::find(std::begin(suffixes), std::end(suffixes), folded_[i]) != std::end(suffixes) &&
           word(i - 1).at.end == word(i).at.begin;
}

bool syntax::is_definite(word_index i) const {
    if (folded_[i].starts_with("ال"))
        return true;
    const auto value = nlp::feature(word(i).feats, "Definite");
    return value == "Def" || word(i).tag == upos::other || word(i).tag == upos::propn;
}

word_index syntax::clause_verb(word_index i) const {
    for (word_index at = i; at != no_word; at = heads_[at])
        if (is_verb(at))
            return at;
    return no_word;
}

bool syntax::is_complementizer(word_index i) const {
    const auto tag = word(i).tag;
    return folded_[i] == "ان" && (tag == upos::sconj || tag == upos::part || tag == upos::cconj || tag == upos::other);
}

word_index syntax::phrase_end(word_index i, std::string_view joined) const {
    while (!joined.empty() && i < size()) {
        if (!joined.starts_with(folded_[i]) || folded_[i].empty())
            return no_word;
        joined.remove_prefix(folded_[i].size());
        ++i;
    }
    return joined.empty() ? i : no_word;
}

syntax::pair_of_arguments syntax::verb_arguments(word_index verb) const {
    pair_of_arguments out;
    std::vector<word_index> behind;
    word_index labelled_object = no_word;
    for (const auto c : children(verb)) {
        if (!is_nominal(c) && word(c).tag != nlp::upos::det)
            continue;
        if (is_pronoun_suffix(c) && c == verb + 1) {
            out.object = c;
            continue;
        }
        // "، نافيا …": a ḥāl behind a comma is no argument.
        if (c > verb + 1 && word(c).tag == nlp::upos::adj && is_punct(c - 1))
            continue;
        const bool core = relation(c, {"nsubj", "obj", "iobj"});
        if (!core || !preposition(c).empty())
            continue;
        if (c < verb) {
            if (relation(c, {"nsubj"}))
                out.subject = c;
            continue;
        }
        behind.push_back(c);
        if (!relation(c, {"nsubj"}) && labelled_object == no_word)
            labelled_object = c;
    }
    // الاتفاق الذي رفضته نواكشوط: the relative pronoun is no subject where one of its own follows.
    if (out.subject != no_word && nlp::feature(word(out.subject).feats, "PronType") == "Rel")
        for (const auto c : behind)
            if (relation(c, {"nsubj"})) {
                out.subject = c;
                for (const auto other : behind)
                    if (other != c && out.object == no_word)
                        out.object = other;
                return out;
            }
    if (behind.empty())
        return out;
    if (behind.size() == 1 && out.subject == no_word) {
        (relation(behind.front(), {"nsubj"}) ? out.subject : out.object) = behind.front();
        return out;
    }
    std::size_t next = 0;
    if (out.subject == no_word)
        out.subject = behind[next++];
    if (out.object == no_word && next < behind.size())
        out.object = behind[next];
    return out;
}

std::vector<word_index> syntax::conjuncts(word_index i) const {
    std::vector<word_index> out{i};
    for (std::size_t at = 0; at < out.size(); ++at)
        for (const auto c : children(out[at]))
            if (relation(c, {"conj"}) && c > out[at])
                out.push_back(c);
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace isnad::events
