#include "knowledge/find.hpp"

#include "text/fold.hpp"

#include <algorithm>

namespace isnad::knowledge {
namespace {

using nlp::sentence;

/// One past the last word of a name that starts somewhere, and its node; node 0 for none.
struct stretch {
    std::uint32_t end = 0;
    std::uint32_t node = 0;
};

/// The longest name and the longest office phrase that start at one word.
struct found_here {
    stretch name, office, implied;
};

/// Quotes, brackets and joints may stand between the words; a dot only after a single letter.
found_here longest(const image& in, const std::vector<seen>& words, std::uint32_t first, std::uint32_t end) {
    found_here best{{first, 0}, {first, 0}, {first, 0}};
    std::uint32_t at = 0;
    std::int32_t open = 0;
    for (auto i = first; i < end; ++i) {
        const auto& here = words[i];
        if (here.kind != mark::none) {
            if (at == 0 || (here.kind == mark::dot && !words[i - 1].letter))
                break;
            open += here.kind == mark::opening || (here.kind == mark::quote && open == 0) ? 1 : 0;
            open -= here.kind == mark::closing ? 1 : 0;
            continue;
        }
        const auto whole = here.joined == no_index ? no_index : next_node(in, at, here.joined);
        const auto part = here.word == no_index || here.owned ? no_index : next_node(in, at, here.word);
        at = whole != no_index ? whole : part;
        if (at == no_index)
            break;
        if (whole != no_index)
            i += here.joined_count - 1;
        const auto& node = in.nodes[at];
        if (node.offices != 0)
            best.office = {i + 1, at};
        if (node.implieds != 0)
            best.implied = {i + 1, at};
        if (node.count == 0 && node.stop == 0)
            continue;
        best.name = {i + 1, at};
        // A quotation mark opened inside the name closes inside it: وكالة «سبوتنيك».
        const bool closes =
            i + 1 < end && open > 0 && (words[i + 1].kind == mark::closing || words[i + 1].kind == mark::quote);
        best.name.end += closes ? 1 : 0;
    }
    return best;
}

/// Whose office it is, and the words [first, end) that say so.
struct owner {
    std::uint32_t entry = no_index;
    std::uint32_t first = 0, end = 0;
    bool by_nisba = false;
};

class finder {
public:
    finder(const image& in, const sentence& of, const std::vector<seen>& words, std::uint32_t end,
           std::optional<day> at)
        : in_(in), of_(of), words_(words), end_(end), at_(at) {}

    std::vector<match> run(std::uint32_t begin) {
        std::vector<match> out;
        for (auto i = begin; i < end_;) {
            const auto here = longest(in_, words_, i, end_);
            if (const auto kind = kind_spoken_of(here.office); kind != no_index)
                kind_ = kind;
            if (auto same = counterpart_at(i)) {
                i = same->first + same->count;
                out.push_back(std::move(*same));
                continue;
            }
            if (auto office = office_at(i, here.office); office && office->first + office->count >= here.name.end) {
                i = office->first + office->count;
                out.push_back(std::move(*office));
                continue;
            }
            if (here.name.node == 0) {
                ++i;
                continue;
            }
            const auto& node = in_.nodes[here.name.node];
            if (node.stop == 0)
                out.push_back(name(i, here.name.end, node));
            i = here.name.end;
        }
        return out;
    }

    /// The office phrase alone, of that state.
    std::optional<match> office_alone(std::uint32_t first, std::uint32_t state) const {
        const auto phrase = longest(in_, words_, first, end_).office;
        if (!at_ || phrase.node == 0 || goes_on(phrase.end))
            return std::nullopt;
        const auto& node = in_.nodes[phrase.node];
        for (std::uint32_t i = 0; i < node.offices; ++i) {
            const auto& office = in_.office_phrases[node.office + i];
            const auto whose = office.only.size() == 1 ? state_of(office.only[0].view()) : state;
            if (office.with_nisba == 0 || in_.office_kinds[office.kind].resolves == 0 || whose == no_index ||
                !speaks_so(office, in_.entries[whose]))
                continue;
            if (const auto* held = holder_on(in_, office.kind, whose, *at_); held != nullptr)
                return holder(first, phrase.end, *held);
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::uint32_t state_of(std::string_view code) const {
        return find_key(in_.ids, "country/" + std::string(code),
                        [&](std::uint32_t i) { return in_.entries[i].id.view(); });
    }

    /// What follows says more of whose office it is, or who holds it.
    [[nodiscard]] bool goes_on(std::uint32_t i) const {
        if (i >= end_)
            return false;
        const auto& word = of_.words[i];
        const bool definite = text::fold(word.form).starts_with("ال");
        return (definite && (word.tag == nlp::upos::adj || word.tag == nlp::upos::noun)) ||
               word.tag == nlp::upos::propn || word.tag == nlp::upos::other || word.name != "O" || word.form == "ل" ||
               (words_[i].word != no_index && in_.words[words_[i].word].former != 0) ||
               nisba_of(in_, words_[i]) != nullptr;
    }

    match name(std::uint32_t first, std::uint32_t end, const node& node) const {
        match found;
        found.first = first;
        found.count = end - first;
        found.ambiguous = node.flagged != 0;
        found.readings.reserve(node.count);
        for (std::uint32_t i = 0; i < node.count; ++i) {
            const auto& one = in_.bearers[node.first + i];
            found.readings.push_back(&in_.entries[one.entry]);
            found.doubtful.push_back(one.flagged != 0);
        }
        found.what = found.readings.front();
        const bool person = found.what->kind == entity_kind::person;
        const bool alone = std::all_of(found.readings.begin() + 1, found.readings.end(),
                                       [&](const entry* other) { return other->minor > found.what->minor; });
        const bool place = found.what->toponym != 0 && alone && called_place(in_, of_, first);
        found.ambiguous = (found.ambiguous && !place) || (person && inside_longer_name(of_, found));
        return found;
    }

    /// "وزير الخارجية الروسي", "رئيس وزراء بريطانيا", "الأمين العام للأمم المتحدة": linked to who held the office,
    /// unless a name follows, which says who is meant, or a word that says that it is no longer held.
    std::optional<match> office_at(std::uint32_t first, const stretch& phrase) const {
        if (!at_ || phrase.node == 0)
            return std::nullopt;
        const auto& node = in_.nodes[phrase.node];
        const auto of = owner_at(phrase.end);
        if (of.entry == no_index)
            return std::nullopt;
        for (std::uint32_t i = 0; i < node.offices; ++i) {
            const auto& office = in_.office_phrases[node.office + i];
            if ((of.by_nisba ? office.with_nisba : office.with_name) == 0 ||
                in_.office_kinds[office.kind].resolves == 0 || !speaks_so(office, in_.entries[of.entry]) ||
                named_or_former(of.end, office.kind, of.entry))
                continue;
            if (const auto* held = holder_on(in_, office.kind, of.entry, *at_); held != nullptr) {
                auto out = holder(first, of.end, *held);
                if (!of.by_nisba) {
                    out.owner_first = of.first;
                    out.owner_count = of.end - of.first;
                }
                return out;
            }
        }
        return std::nullopt;
    }

    match holder(std::uint32_t first, std::uint32_t end, const tenure& held) const {
        match out;
        out.first = first;
        out.count = end - first;
        out.what = &in_.entries[held.holder];
        out.readings = {out.what};
        out.office = &held;
        out.doubtful = {false};
        return out;
    }

    /// The kind of office that a phrase names, whoever holds it.
    [[nodiscard]] std::uint32_t kind_spoken_of(const stretch& phrase) const {
        const auto& node = in_.nodes[phrase.node];
        for (std::uint32_t i = 0; phrase.node != 0 && i < node.offices; ++i)
            if (const auto kind = in_.office_phrases[node.office + i].kind; in_.office_kinds[kind].resolves != 0)
                return kind;
        return no_index;
    }

    /// "نظيره المصري" behind "وزير الخارجية السوداني": the holder of the same office in another state. Of "نظيريه
    /// الإسرائيلي والفلسطيني" each adjective is a name.
    std::optional<match> counterpart_at(std::uint32_t first) {
        if (!at_ || kind_ == no_index)
            return std::nullopt;
        auto end = first;
        const bool second = first > 1 && first == pair_end_ + 1 && of_.words[pair_end_].form == "و";
        if (!second) {
            const auto folded = text::fold(of_.words[first].form);
            if (!folded.starts_with("نظير") || folded.size() > 2 * 7)
                return std::nullopt;
            for (++end; end < end_ && of_.words[end].tag == nlp::upos::pron;)
                ++end;
            pairs_ = folded.starts_with("نظيري") || folded.starts_with("نظيرا");
        }
        if (end >= end_)
            return std::nullopt;
        const auto* people = nisba_of(in_, words_[end]);
        if (people == nullptr || people->plural != 0)
            return std::nullopt;
        const auto from = pairs_ ? end : first;
        if (pairs_ && !second)
            pair_end_ = end + 1;
        if (named_or_former(end + 1, kind_, people->owner))
            return std::nullopt;
        const auto* held = holder_on(in_, kind_, people->owner, *at_);
        return held == nullptr ? std::nullopt : std::optional(holder(from, end + 1, *held));
    }

    static bool speaks_so(const office_phrase& office, const entry& state) {
        return office.only.empty() || std::any_of(office.only.begin(), office.only.end(),
                                                  [&](const auto& code) { return code == state.country; });
    }

    owner owner_at(std::uint32_t i) const {
        if (i >= end_)
            return {};
        if (const auto* people = nisba_of(in_, words_[i]);
            people != nullptr && people->plural == 0 && in_.words[words_[i].word].form.starts_with("ال"))
            return {people->owner, i, i + 1, true};
        const bool clitic = of_.words[i].form == "ل" && i + 1 < end_; // الأمين العام للأمم المتحدة
        const auto name = longest(in_, words_, clitic ? i + 1 : i, end_).name;
        if (name.node == 0 || in_.nodes[name.node].count == 0)
            return {};
        const auto which = in_.bearers[in_.nodes[name.node].first].entry;
        const auto& what = in_.entries[which];
        const bool state = what.id.starts_with("country/");
        if (what.kind == entity_kind::person || (what.toponym != 0 && !state))
            return {};
        return {which, clitic ? i + 1 : i, name.end, false};
    }

    /// Behind the office stands the name of its holder, or a word that says that it is not held now. A known person
    /// who never held it is somebody else: التقى رئيس الوزراء الإسرائيلي تيري لارسن.
    bool named_or_former(std::uint32_t i, std::uint32_t kind, std::uint32_t body) const {
        if (i >= end_)
            return false;
        if (words_[i].word != no_index && in_.words[words_[i].word].former != 0)
            return true;
        const auto next = longest(in_, words_, i, end_).name;
        const auto& node = in_.nodes[next.node];
        if (next.node == 0 || node.count == 0 || in_.entries[in_.bearers[node.first].entry].kind != entity_kind::person)
            return of_.words[i].name.ends_with("-PER") && of_.words[i].tag != nlp::upos::adj; // تحدث الوزير هاتفيا
        const bool whole = next.end - i > 1 && (next.end >= end_ || of_.words[next.end].name != "I-PER");
        return !whole || std::any_of(&in_.bearers[node.first], &in_.bearers[node.first] + node.count,
                                     [&](const bearer& one) { return may_hold(in_.entries[one.entry], kind, body); });
    }

    /// Somebody of whom no office is known may hold any.
    [[nodiscard]] bool may_hold(const entry& who, std::uint32_t kind, std::uint32_t body) const {
        return who.offices.empty() || std::any_of(who.offices.begin(), who.offices.end(), [&](std::uint32_t held) {
                   return in_.tenures[held].kind == kind && in_.tenures[held].body == body;
               });
    }

    const image& in_;
    const sentence& of_;
    const std::vector<seen>& words_;
    std::uint32_t end_;
    std::optional<day> at_;
    std::uint32_t kind_ = no_index;         ///< the kind of office named last
    std::uint32_t pair_end_ = no_index - 1; ///< one past the first of two counterparts
    bool pairs_ = false;
};

/// A clitic that the segmenter left on a name that it does not know: وجيجل.
std::uint32_t without_clitic(const image& in, std::string_view key) {
    static constexpr std::string_view clitics[] = {"و", "ب", "ل", "ف"};
    constexpr std::size_t least = 4 * 2; // letters of the name
    for (const auto clitic : clitics)
        if (key.starts_with(clitic) && key.size() >= clitic.size() + least)
            return word_of(in, key.substr(clitic.size()));
    return no_index;
}

/// The one known word that a foreign place's name differs from by a long vowel more or less or by a letter that outlets
/// write each in their own way: مقديشيو, سيمفروبول, نواديبو.
std::uint32_t respelled(const image& in, std::string_view key) {
    static constexpr std::string_view vowels[] = {"ا", "و", "ي"};
    static constexpr std::pair<std::string_view, std::string_view> letters[] = {
        {"غ", "ج"}, {"د", "ذ"}, {"ت", "ط"}, {"ظ", "ض"}, {"س", "ص"}, {"ك", "ق"}, {"س", "ز"}, {"ه", "ا"}};
    constexpr std::size_t letter = 2, least = 5 * letter;
    if (key.size() < least || key.size() % letter != 0 || key.starts_with("ال")) // with an article: no foreign name
        return no_index;
    std::uint32_t found = no_index;
    bool several = false;
    const auto look = [&](const std::string& other) {
        const auto word = word_of(in, other);
        several = several || (word != no_index && found != no_index && found != word);
        found = word != no_index ? word : found;
    };
    const auto with = [&](std::size_t at, std::size_t dropped, std::string_view put) {
        look(std::string(key.substr(0, at)).append(put).append(key.substr(at + dropped)));
    };
    for (auto at = letter; at < key.size(); at += letter) {
        const auto here = key.substr(at, letter);
        const bool last = at + letter == key.size();
        for (const auto vowel : vowels) {
            if (here == vowel && key.size() > least)
                with(at, letter, "");
            else if (here != vowel && key.substr(at - letter, letter) != vowel)
                with(at, 0, vowel);
        }
        for (const auto& [one, other] : letters) {
            if (one == "ه" && !last) // أنغولا, أنغوله
                continue;
            if (here == one)
                with(at, letter, other);
            else if (here == other)
                with(at, letter, one);
        }
    }
    return several ? no_index : found;
}

void join(const image& in, const sentence& of, const nlp::token& token, std::string_view text, std::uint32_t begin,
          std::uint32_t end, std::vector<seen>& out) {
    const auto after = token.first + token.count;
    if (token.first < begin || after > end)
        return;
    std::string forms;
    for (auto i = after; i-- > token.first;) {
        forms = of.words[i].form + forms;
        if (i + 1 == after)
            continue;
        const span rest{of.words[i].at.begin, token.at.end};
        out[i].owned = of.words[i + 1].tag == nlp::upos::pron;
        out[i].joined = word_of(in, text::fold(text.size() < rest.end ? std::string_view(forms) : rest.of(text)));
        out[i].joined_count = after - i;
    }
}

} // namespace

std::vector<seen> look_at(const image& in, const sentence& of, std::string_view text, std::uint32_t begin,
                          std::uint32_t end) {
    std::vector<seen> out(end);
    for (auto i = begin; i < end; ++i) {
        const auto& form = of.words[i].form;
        out[i].kind = mark_of(form);
        if (out[i].kind != mark::none)
            continue;
        const auto key = text::fold(form);
        out[i].word = word_of(in, key);
        out[i].letter = key.size() <= 2;
        if (out[i].word == no_index)
            out[i].word = without_clitic(in, key);
        if (out[i].word == no_index && (of.words[i].name.ends_with("LOC") || called_place(in, of, i)))
            out[i].word = respelled(in, key);
    }
    for (const auto& token : of.tokens)
        if (token.count > 1)
            join(in, of, token, text, begin, end, out);
    return out;
}

const belonging* nisba_of(const image& in, const seen& word) noexcept {
    if (word.word == no_index || in.words[word.word].nisba == 0)
        return nullptr;
    return &in.belongings[in.words[word.word].nisba - 1];
}

const tenure* holder_on(const image& in, std::uint32_t kind, std::uint32_t body, day at) noexcept {
    const auto key = [](const tenure& one) { return std::pair(one.body, one.kind); };
    const auto [first, last] = std::ranges::equal_range(in.tenures, std::pair(body, kind), {}, key);
    const tenure* sure = nullptr;
    std::uint32_t several = 0;
    for (const auto* held = first; held != last; ++held) {
        if (!held->maybe_on(at))
            continue;
        if (sure != nullptr && sure->holder == held->holder)
            continue;
        ++several;
        sure = held;
    }
    return several == 1 ? sure : nullptr;
}

bool called_place(const image& in, const sentence& of, std::uint32_t first) {
    if (first == 0)
        return false;
    const auto& before = of.words[first - 1];
    for (const auto& key : {before.key, std::string(without_article(text::fold(before.form)))}) {
        const auto noun = find_key(in.head_slots, key, [&](std::uint32_t i) { return in.heads[i].key.view(); });
        if (noun != no_index)
            return in.heads[noun].kind == entity_kind::place;
    }
    return false;
}

bool inside_longer_name(const sentence& of, const match& found) {
    const auto in_person = [&](std::uint32_t i) { return of.words[i].name == "I-PER"; };
    const auto end = found.first + found.count;
    return in_person(found.first) || (end < of.words.size() && in_person(end));
}

implied_form implied_at(const image& in, const std::vector<seen>& words, std::uint32_t first, std::uint32_t end) {
    const auto here = longest(in, words, first, end);
    return here.implied.node == 0 || here.implied.end < here.name.end
               ? implied_form{}
               : implied_form{here.implied.end - first, here.implied.node};
}

std::optional<match> office_alone(const image& in, const nlp::sentence& of, const std::vector<seen>& words,
                                  std::uint32_t first, std::uint32_t state, day at) {
    return finder(in, of, words, static_cast<std::uint32_t>(of.words.size()), at).office_alone(first, state);
}

std::vector<match> names_in(const image& in, const sentence& of, const std::vector<seen>& words, std::uint32_t begin,
                            std::uint32_t end, std::optional<day> at) {
    return finder(in, of, words, end, at).run(begin);
}

std::vector<match> base::find(const nlp::sentence& sentence, std::optional<day> at) const {
    const auto end = static_cast<std::uint32_t>(sentence.words.size());
    return names_in(in(), sentence, look_at(in(), sentence, {}, 0, end), 0, end, at);
}

} // namespace isnad::knowledge
