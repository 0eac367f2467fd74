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
    voice_.assign(n, 0);
    approximate_.assign(n, 0);
    no_subject_.assign(n, 0);
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
    if (approximate_[nominal] != 0)
        return out;
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
    if (voice_[i] != 0)
        return voice_[i] == 2;
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

bool syntax::is_oblique(word_index i) const {
    const auto how_many = nlp::feature(word(i).feats, "Number");
    return folded_[i].size() > 8 && folded_[i].ends_with("ين") && word(i).tag == nlp::upos::noun &&
           word(i).name == "O" && (how_many == "Plur" || how_many == "Dual");
}

bool syntax::keeps_nun(word_index i) const {
    const auto& form = folded_[i];
    if (word(i).tag != nlp::upos::noun && word(i).tag != nlp::upos::adj)
        return false;
    const auto how_many = nlp::feature(word(i).feats, "Number");
    const bool more = how_many == "Plur" || how_many == "Dual";
    return form.size() > 8 && (form.ends_with("ون") || (more && (form.ends_with("ين") || form.ends_with("ان"))));
}

bool syntax::is_genitive_of(word_index adjective, word_index noun) const {
    return adjective == noun + 1 && word(adjective).tag == upos::adj && folded_[adjective].starts_with("ال") &&
           !folded_[noun].starts_with("ال");
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

word_index syntax::object_hung_on(word_index subject) const {
    // صادر الجيش أسلحة, خطف مسلحون مهندسا, طاردت الشرطة المتظاهرين: what has the article or its nūn takes no genitive,
    // and what does not agree with it is no adjective of it.
    constexpr std::string_view article = "ال", plural = "ون", feminine = "ة", many = "ات";
    const auto ends = [&](word_index w, std::string_view ending) { return word(w).form.ends_with(ending); };
    const std::string_view head = folded_[subject];
    const bool definite = head.starts_with(article) && head.size() > article.size() + 4;
    const bool with_nun = ends(subject, plural) && head.size() > 3 * plural.size() / 2;
    if ((!definite && !with_nun) || word(subject).name != "O")
        return no_word;
    for (const auto c : children(subject)) {
        const bool next = c == subject + 1 || (c == subject + 2 && word(subject + 1).tag == nlp::upos::adj);
        if (!next || !relation(c, {"nmod", "amod"}) || !preposition(c).empty() || is_pronoun_suffix(c) ||
            word(c).name != "O")
            continue;
        const bool noun = word(c).tag == nlp::upos::noun || word(c).tag == nlp::upos::num ||
                          (word(c).tag == nlp::upos::other && c == subject + 1);
        const bool article_too = folded_[c].starts_with(article);
        if (noun && (article_too != definite || relation(c, {"nmod"})))
            return c;
        if (article_too && relation(subject, {"nsubj"}) && ends(c, "ين") && !ends(subject, "ين"))
            return c; // no adjective of a nominative
        const bool feminine_head = ends(subject, feminine) || ends(subject, many);
        if (article_too && definite && feminine_head && !ends(c, feminine) && !ends(c, many) && !ends(c, "ى") &&
            !ends(c, "اء") && (noun || word(c).tag == nlp::upos::adj))
            return c;
    }
    return no_word;
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
        // A verb has no nmod: a bare nominal of that name is one of its arguments too.
        const bool core = relation(c, {"nsubj", "obj", "iobj", "nmod"}) || approximate_[c] != 0;
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
        const auto swallowed = is_passive(verb) || out.object != no_word ? no_word : object_hung_on(behind.front());
        if (swallowed != no_word)
            return {behind.front(), swallowed};
        const auto only = behind.front();
        // هاجمت المعتصمين, مطالبا إثيوبيا: whoever it was
        const bool hal = !is_verb(verb) && !folded_[verb].starts_with("ال");
        if ((is_oblique(only) || hal || no_subject_[only] != 0) && !is_passive(verb))
            return {no_word, only};
        // What the parser leaves open is the subject, unless its case or the verb's number speaks against it.
        const bool nominative = nlp::feature(word(only).feats, "Case") == "Nom";
        const bool mended = is_verb(verb) && word(verb).tag != upos::verb;
        const bool open = relation(only, {"nmod"}) || approximate_[only] != 0;
        const bool fits =
            nlp::feature(word(verb).feats, "Number") != "Plur" && (nominative || approximate_[only] != 0 || mended);
        (relation(only, {"nsubj"}) || (open && fits) ? out.subject : out.object) = only;
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
