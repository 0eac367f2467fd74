// Which of its bearers a name means in this article. Each reading is scored by what speaks for it; the best is taken
// where it is good enough and clearly before the next, else the name stays unlinked: a wrong link is worse than none.
#include "knowledge/find.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace isnad::knowledge {
namespace {

using nlp::sentence;
using nlp::upos;

/// An office that ended longer ago than this, or will begin later, speaks against its holder.
constexpr day twelve_years = 12 * 365, three_years = 3 * 365, one_year = 365;

/// What the article as a whole says.
struct surroundings {
    std::unordered_map<std::string_view, double> states; ///< alpha-3 → how much is said of it
    double all = 0;
    std::unordered_set<const entry*> named;        ///< by names that can mean nobody else
    std::unordered_set<std::uint32_t> others_name; ///< last words of longer names that the tables do not have
    std::unordered_map<std::uint32_t, const entry*> surnames; ///< last words of full names of known persons
    std::optional<day> at;

    void vote(std::string_view state, double weight) {
        if (state.empty())
            return;
        states[state] += weight;
        all += weight;
    }
    [[nodiscard]] double share(std::string_view state) const {
        const auto found = states.find(state);
        return all <= 0 || found == states.end() ? 0 : found->second / all;
    }
};

/// Sums up a score and, where somebody wants to know, why.
class tally {
public:
    explicit tally(std::vector<std::string>* reasons) : reasons_(reasons) {}
    void add(double points, std::string_view reason) {
        if (points == 0)
            return;
        sum_ += points;
        if (reasons_ != nullptr)
            reasons_->push_back(fmt::format("{:+.2f} {}", points, reason));
    }
    [[nodiscard]] double sum() const { return sum_; }

private:
    double sum_ = 0;
    std::vector<std::string>* reasons_;
};

/// Of namesakes called by the surname alone the head of a state is the likelier.
double weight_of(const image& in, const tenure& held) {
    const auto& office = in.office_kinds[held.kind];
    if (office.resolves == 0)
        return 0;
    if (!in.entries[held.body].id.starts_with("country/")) // the president of a region
        return 0.3;
    return office.key == "head-of-state" || office.key == "head-of-government" || office.key == "supreme-leader" ? 0.6
                                                                                                                 : 0.3;
}

/// The office of `who` that counts on a day: how near it is.
void score_offices(const image& in, const entry& who, bool short_form, std::optional<day> at, tally& out) {
    if (!at || who.offices.empty())
        return;
    bool on = false, near = false, far = true;
    double weight = 0;
    for (const auto index : who.offices) {
        const auto& held = in.tenures[index];
        on = on || held.surely_on(*at);
        if (short_form && held.surely_on(*at))
            weight = std::max(weight, weight_of(in, held));
        near = near || (held.from_first <= *at + three_years && *at - three_years <= held.to_last);
        far = far && (*at + twelve_years < held.from_first || held.to_last < *at - twelve_years);
    }
    out.add(weight, "a high office");
    if (short_form && !on && !near && !far)
        out.add(-0.5, "in no office for years");
    if (on)
        out.add(0.8, "in office on that day");
    else if (near)
        out.add(0.4, "in office within three years");
    else if (far)
        out.add(-0.7, "in office at quite another time");
}

bool belongs_to(const image& in, const entry& who, std::string_view state) {
    return who.country == state || std::any_of(who.offices.begin(), who.offices.end(), [&](std::uint32_t index) {
               return in.entries[in.tenures[index].body].country == state;
           });
}

/// What does not hang on the words around the name.
void score_by_itself(const image& in, const entry& who, bool flagged, std::uint32_t words, const surroundings& of,
                     tally& out) {
    if (who.minor != 0)
        out.add(flagged ? 0 : words > 1 ? 1.2 : 0.9, "a name of the gazetteer");
    else
        out.add(flagged ? 0 : 2, "a name of its own");
    if (who.minor == 0 && who.toponym != 0)
        out.add(0.5, "a place of the news");
    if (!who.stands_for.empty())
        out.add(0.6, "a capital");
    if (who.population > 0)
        out.add(0.1 * std::log10(static_cast<double>(who.population)), "its population");
    score_offices(in, who, flagged && who.kind == entity_kind::person, of.at, out);
    auto share = of.share(who.country);
    for (const auto index : who.offices) // the envoy to Libya
        if (of.at && in.tenures[index].surely_on(*of.at))
            share = std::max(share, of.share(in.entries[in.tenures[index].body].country));
    out.add((who.minor != 0 ? 1.0 : who.toponym != 0 ? 2.0 : 1.5) * share, "its state is spoken of");
    if (who.toponym != 0 && share == 0 && of.all >= 1)
        out.add(who.minor != 0 ? -1.5 : -0.6, "nothing else of its state is spoken of");
}

/// Two towns that are one on the map: رفح on both sides of the border.
bool same_spot(const entry& a, const entry& b) {
    return a.placed() && b.placed() && std::abs(a.latitude - b.latitude) < 0.2 &&
           std::abs(a.longitude - b.longitude) < 0.2;
}

class linker {
public:
    linker(const image& in, std::string_view text, std::span<const sentence> sentences, std::optional<day> at)
        : in_(in), text_(text), sentences_(sentences) {
        about_.at = at;
    }

    std::vector<std::vector<match>> run() {
        std::vector<std::vector<match>> out;
        out.reserve(sentences_.size());
        for (const auto& one : sentences_) {
            const auto end = static_cast<std::uint32_t>(one.words.size());
            words_.push_back(look_at(in_, one, text_, 0, end));
            out.push_back(names_in(in_, one, words_.back(), 0, end, about_.at));
            listen(one, words_.back(), out.back());
        }
        for (std::size_t i = 0; i < out.size(); ++i) {
            short_forms(sentences_[i], words_[i], out[i]);
            implied_forms(sentences_[i], words_[i], out[i]);
            here_ = &out[i];
            std::vector<bool> clear(out[i].size(), false);
            for (const bool people : {true, false}) // whose people are named helps to tell a body
                for (std::size_t k = 0; k < clear.size(); ++k)
                    if ((out[i][k].what->kind == entity_kind::person) == people) {
                        clear[k] = settle(sentences_[i], words_[i], out[i][k]);
                        if (people && clear[k] && out[i][k].office == nullptr)
                            about_.named.insert(out[i][k].what);
                    }
            std::vector<match> kept;
            for (std::size_t k = 0; k < clear.size(); ++k)
                if (clear[k])
                    kept.push_back(std::move(out[i][k]));
            out[i] = std::move(kept);
        }
        for (std::size_t i = 0; about_.at && i < out.size(); ++i)
            offices_alone(sentences_[i], words_[i], only_state(), out[i]);
        return out;
    }

private:
    /// The state that the whole article is about, if there is one.
    [[nodiscard]] std::uint32_t only_state() const {
        for (const auto& [code, weight] : about_.states)
            if (weight >= 0.7 && about_.share(code) >= 0.75)
                return find_key(in_.ids, "country/" + std::string(code),
                                [&](std::uint32_t i) { return in_.entries[i].id.view(); });
        return no_index;
    }

    /// "الملك" in an article of one state, where nobody is called so before.
    void offices_alone(const sentence& of, const std::vector<seen>& words, std::uint32_t state,
                       std::vector<match>& names) {
        std::vector<bool> taken(words.size(), false);
        for (const auto& one : names)
            std::fill_n(taken.begin() + one.first, one.count, true);
        for (std::uint32_t i = 0; i < words.size(); ++i) {
            if (taken[i] || words[i].word == no_index)
                continue;
            const auto* noun = head_at(of.words[i]);
            const bool one_title = noun != nullptr && noun->title != 0 && noun->plural == 0;
            const auto& title = in_.words[words[i].word].form;
            auto found =
                titled_.contains(title.view()) ? std::nullopt : office_alone(in_, of, words, i, state, *about_.at);
            if (one_title)
                titled_.insert(title.view());
            if (!found || (!one_title && found->count == 1))
                continue;
            std::erase_if(names, [&](const match& one) { return one.first >= i && one.first < i + found->count; });
            std::fill_n(taken.begin() + i, found->count, true);
            names.insert(std::ranges::upper_bound(names, i, {}, &match::first), std::move(*found));
        }
    }

    /// Who is meant by a short form that the tables only imply: a body of a state that the article speaks of, somebody
    /// in office.
    [[nodiscard]] bool may_mean(const entry& who) const {
        if (who.kind != entity_kind::person)
            return about_.share(who.country) >= 0.6 || one_of_its_people_named(who);
        return about_.at && std::any_of(who.offices.begin(), who.offices.end(), [&](std::uint32_t index) {
                   const auto& held = in_.tenures[index];
                   return held.from_first <= *about_.at + one_year && *about_.at - three_years <= held.to_last;
               });
    }

    void implied_forms(const sentence& of, const std::vector<seen>& words, std::vector<match>& names) {
        std::vector<match*> at(words.size(), nullptr);
        std::vector<match> made;
        for (auto& one : names)
            std::fill_n(at.begin() + one.first, one.count, &one);
        for (std::uint32_t i = 0; i < words.size(); ++i) {
            const auto form = words[i].word == no_index
                                  ? implied_form{}
                                  : implied_at(in_, words, i, static_cast<std::uint32_t>(words.size()));
            if (form.count == 0 || (at[i] != nullptr && (at[i]->first != i || at[i]->count != form.count ||
                                                         !at[i]->ambiguous || at[i]->office != nullptr)))
                continue;
            match fresh;
            auto& found = at[i] != nullptr ? *at[i] : fresh;
            const auto& node = in_.nodes[form.node];
            for (std::uint32_t k = 0; k < node.implieds; ++k) {
                const auto& who = in_.entries[in_.bearers[node.implied + k].entry];
                if (std::ranges::find(found.readings, &who) != found.readings.end() || !may_mean(who) ||
                    (who.kind != entity_kind::person && says_more(of, words, i + form.count)))
                    continue;
                found.readings.push_back(&who);
                found.doubtful.push_back(true);
            }
            if (at[i] != nullptr || fresh.readings.empty())
                continue;
            if (of.words[i].name == "I-PER" && !titles_before(of, i)) // the surname of a stranger
                about_.others_name.insert(words[i + form.count - 1].word);
            fresh.first = i;
            fresh.count = form.count;
            fresh.what = fresh.readings.front();
            fresh.ambiguous = true;
            made.push_back(std::move(fresh));
            i += form.count - 1;
        }
        for (auto& one : made)
            names.insert(std::ranges::upper_bound(names, one.first, {}, &match::first), std::move(one));
    }

    /// "الجيش الحر", "الحكومة المؤقتة": an adjective says which.
    [[nodiscard]] bool says_more(const sentence& of, const std::vector<seen>& words, std::uint32_t i) const {
        return i < words.size() && (of.words[i].tag == upos::adj || nisba_of(in_, words[i]) != nullptr) &&
               text::fold(of.words[i].form).starts_with("ال");
    }

    /// Word i carries on a person's name; the tagger's labels reach too far over common nouns.
    static bool goes_on(const sentence& of, std::uint32_t i) {
        return i < of.words.size() && of.words[i].name == "I-PER" &&
               (of.words[i].tag == upos::other || of.words[i].tag == upos::propn);
    }

    /// A surname alone that the tagger takes for a common noun: ألكمين is also the ambush.
    static bool plain_word(const sentence& of, const match& one) {
        const auto& word = of.words[one.first];
        return one.count == 1 && one.what->kind == entity_kind::person && word.name == "O" && word.tag != upos::propn &&
               word.tag != upos::other;
    }

    /// Gathers what the article speaks of from what is beyond doubt.
    void listen(const sentence& of, const std::vector<seen>& words, const std::vector<match>& found) {
        std::vector<bool> covered(words.size(), false);
        for (const auto& one : found)
            std::fill_n(covered.begin() + one.first, one.count, one.what->minor == 0 && !one.ambiguous);
        const auto more = [&](std::uint32_t i) { return goes_on(of, i) && !covered[i]; };
        for (const auto& one : found) {
            const bool longer =
                more(one.first + one.count) || (of.words[one.first].name == "I-PER" && one.first > 0 &&
                                                !covered[one.first - 1] && !titles_before(of, one.first));
            // The surname of a namesake, there and alone behind it, names nobody that is known.
            const bool surname = one.what->kind == entity_kind::person && one.count == 1;
            if (surname && longer)
                about_.others_name.insert(words[one.first].word);
            if (surname && about_.others_name.contains(words[one.first].word))
                continue;
            if (one.ambiguous || one.what->minor != 0 || plain_word(of, one))
                continue;
            about_.named.insert(one.what);
            if (one.what->kind == entity_kind::person && one.count > 1 && one.office == nullptr)
                about_.surnames.try_emplace(words[one.first + one.count - 1].word, one.what);
            const bool state = one.what->id.starts_with("country/");
            about_.vote(one.what->country, state                                  ? 1.5
                                           : one.what->toponym != 0               ? 1.0
                                           : one.what->kind == entity_kind::media ? 0.1
                                                                                  : 0.7);
        }
        for (std::uint32_t i = 0; i < words.size(); ++i)
            if (const auto* people = nisba_of(in_, words[i]); people != nullptr && !covered[i])
                about_.vote(in_.entries[people->owner].country, 0.7);
    }

    [[nodiscard]] const entry* known_surname(const seen& word) const {
        for (const auto number : {word.word, word.joined})
            if (const auto found = about_.surnames.find(number); number != no_index && found != about_.surnames.end())
                return found->second;
        return nullptr;
    }

    /// "شويغو" behind "سيرغي شويغو": the last word of a full name may stand for it, whatever else it means.
    void short_forms(const sentence& of, const std::vector<seen>& words, std::vector<match>& names) const {
        if (about_.surnames.empty())
            return;
        std::vector<bool> taken(words.size(), false);
        for (auto& one : names) {
            for (auto i = one.first; i < one.first + one.count; ++i)
                taken[i] = true;
            const auto* who = one.count == 1 ? known_surname(words[one.first]) : nullptr;
            if (who == nullptr || std::ranges::find(one.readings, who) != one.readings.end())
                continue;
            one.readings.push_back(who);
            one.doubtful.push_back(true);
            one.ambiguous = true;
        }
        for (std::uint32_t i = 0; i < words.size(); ++i) {
            const auto* who = taken[i] ? nullptr : known_surname(words[i]);
            if (who == nullptr || (!of.words[i].name.ends_with("-PER") && of.words[i].tag != upos::other))
                continue;
            match made;
            made.first = i;
            made.count = words[i].joined != no_index ? words[i].joined_count : 1;
            made.what = who;
            made.readings = {who};
            made.ambiguous = true;
            made.doubtful = {true};
            names.insert(std::ranges::upper_bound(names, i, {}, &match::first), std::move(made));
        }
    }

    /// True where the name is settled on one reading; false where nothing is clear.
    bool settle(const sentence& of, const std::vector<seen>& words, match& found) {
        if (found.office != nullptr)
            return true;
        std::vector<double> scores;
        for (std::uint32_t i = 0; i < found.readings.size(); ++i)
            scores.push_back(score(of, words, found, i));
        auto best = static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
        // "تونس" is the state, unless a noun says that the town is meant.
        const auto is_state = [](const entry* one) { return one->id.starts_with("country/"); };
        if (const auto state = std::ranges::find_if(found.readings, is_state);
            state != found.readings.end() && found.readings[best]->toponym != 0 &&
            found.readings[best]->country == (*state)->country && !called_place(in_, of, found.first))
            best = static_cast<std::size_t>(state - found.readings.begin());
        const auto& winner = *found.readings[best];
        if (scores[best] < enough)
            return false;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            const auto& other = *found.readings[i];
            const bool same_land = winner.toponym != 0 && other.toponym != 0 &&
                                   (winner.country == other.country || same_spot(winner, other));
            if (i != best && !same_land && scores[best] - scores[i] < clearly)
                return false;
        }
        found.what = &winner;
        found.ambiguous = false;
        std::swap(found.readings[0], found.readings[best]);
        const bool first = found.doubtful[0];
        found.doubtful[0] = found.doubtful[best];
        found.doubtful[best] = first;
        return true;
    }

    double score(const sentence& of, const std::vector<seen>& words, const match& found, std::uint32_t which) const {
        const auto& who = *found.readings[which];
        tally out(nullptr);
        score_by_itself(in_, who, found.doubtful[which], found.count, about_, out);
        if (about_.named.contains(&who) && found.ambiguous)
            out.add(4, "named in full");
        score_label(of, found, who, found.doubtful[which], out);
        if (who.kind == entity_kind::person)
            score_person(of, words, found, which, out);
        else
            score_around(of, words, found, who, out);
        return out.sum();
    }

    void score_label(const sentence& of, const match& found, const entry& who, bool flagged, tally& out) const {
        const auto& first = of.words[found.first];
        if (first.name == "O") {
            const bool name_like = first.tag == upos::propn || first.tag == upos::other;
            if (flagged && who.toponym == 0 && who.kind == entity_kind::government)
                out.add(0, ""); // الجيش, البرلمان: a common noun, which means that of the state
            else if (found.count == 1 && flagged && !called_place(in_, of, found.first))
                out.add(name_like ? 0.3 : -1.0, "no name by the tagger");
            else if (who.minor != 0)
                out.add(name_like && found.count == 1 ? 0 : -0.6, "no name by the tagger");
            // السفيرة, المرشد: a title where no name is labelled, though some town is called so.
            else if (found.count == 1 && who.toponym != 0 && first.tag == upos::noun && head_at(first) != nullptr)
                out.add(-3, "a title");
            return;
        }
        const auto label = std::string_view(first.name).substr(2);
        const bool fits = label == "PER"   ? who.kind == entity_kind::person
                          : label == "LOC" ? who.toponym != 0
                          : label == "ORG" ? who.kind != entity_kind::person
                                           : true;
        const bool doubted = flagged || who.minor != 0;
        out.add(fits ? (doubted ? 1.0 : 0.5) : (doubted ? -0.7 : -0.5), "the tagger's label");
    }

    [[nodiscard]] const head_noun* head_at(const nlp::word& word) const {
        for (const auto& key : {word.key, text::fold(word.form)})
            for (const auto spelled : {std::string_view(key), without_article(key)})
                if (const auto at =
                        find_key(in_.head_slots, spelled, [&](std::uint32_t i) { return in_.heads[i].key.view(); });
                    at != no_index)
                    return &in_.heads[at];
        return nullptr;
    }

    /// The words before a name that are labelled as part of it are titles: المشير خليفة حفتر.
    [[nodiscard]] bool titles_before(const sentence& of, std::uint32_t first) const {
        if (of.words[first].name != "I-PER")
            return false;
        for (auto i = first; i-- > 0 && of.words[i].name.ends_with("PER");) {
            const auto* noun = head_at(of.words[i]);
            if (noun == nullptr || noun->title == 0)
                return false;
            if (of.words[i].name == "B-PER")
                return true;
        }
        return true;
    }

    /// How much speaks against a name behind which the tagger reads on: more where a surname follows that is not his.
    [[nodiscard]] double longer_by(const std::vector<seen>& words, const match& found, std::uint32_t which,
                                   bool more_before) const {
        const auto end = found.first + found.count;
        const bool another = !more_before && std::ranges::any_of(*here_, [&](const match& one) {
            return one.first == end && one.what->kind == entity_kind::person && (one.count > 1 || !one.doubtful[0]);
        });
        if (another)
            return 0;
        if (found.count == 1)
            return -4;
        const auto next = more_before || end >= words.size() ? no_index : words[end].word;
        const bool first_name = next != no_index && in_.words[next].first_name != 0;
        return found.doubtful[which] ? -4 : more_before || first_name ? -1.5 : -3;
    }

    void score_person(const sentence& of, const std::vector<seen>& words, const match& found, std::uint32_t which,
                      tally& out) const {
        const auto& who = *found.readings[which];
        const bool short_form = found.count == 1 || found.doubtful[which];
        const auto end = found.first + found.count;
        // حسني مبارك الخوالدة: a surname that the tagger does not take for one
        const bool surname = found.count > 1 && end < of.words.size() && of.words[end].tag == upos::other &&
                             of.words[end].form.starts_with("ال") && nisba_of(in_, words[end]) == nullptr;
        const bool more_after = (goes_on(of, end) || surname) && !covered(end);
        const bool more_before = of.words[found.first].name == "I-PER" && !titles_before(of, found.first) &&
                                 !(found.first > 0 && covered(found.first - 1));
        if (more_after || more_before)
            out.add(longer_by(words, found, which, more_before), "part of a longer name");
        else if (short_form && about_.others_name.contains(words[end - 1].word) && !about_.named.contains(&who))
            out.add(-4, "the name of somebody else in the article");
        const bool plain = plain_word(of, found);
        if (plain && !about_.named.contains(&who))
            out.add(-0.8, "a common noun by the tagger");
        const bool doubted = (found.ambiguous || plain) && found.count == 1 && !about_.named.contains(&who);
        if (doubted && about_.share(who.country) == 0) {
            const bool minister = of.words[found.first].name == "B-PER" && weight_on(who) > 0 &&
                                  (found.first == 0 || of.words[found.first - 1].tag != upos::adp);
            out.add(about_.all > 0 && !minister ? -1 : -0.4, "nothing else of the state is spoken of");
        }
        calling_behind(of, words, end, who, out);
        if (found.first == 0)
            return;
        const auto& before = of.words[found.first - 1];
        const auto* body = head_at(before);
        if (short_form && body != nullptr && body->kind == entity_kind::government && weight_on(who) > 0.5)
            out.add(1, "behind his government");
        if (short_form && before.tag == upos::verb && of.words[found.first].name == "O" && weight_on(who) > 0)
            out.add(0.6, "behind a verb");
        if (before.tag == upos::adp && before.form == "في")
            out.add(-1, "after في");
        const auto number = words[found.first - 1].word;
        const bool labelled = before.name.ends_with("-PER");
        const bool name_like = before.tag == upos::propn || before.tag == upos::other || labelled;
        // على is no Ali, and whoever أمر what is no Amr.
        const bool first_name = number != no_index && in_.words[number].first_name != 0 &&
                                (name_like || of.words[found.first].name == "I-PER");
        bool stranger = name_like && before.tag != upos::adp && before.tag != upos::verb;
        if (before.tag == upos::pron && found.first > 1) { // a name that the segmenter parts: مها, م + ها
            const auto& parted = of.words[found.first - 2];
            stranger = stranger || parted.tag == upos::other || parted.tag == upos::propn;
        }
        if (short_form && (stranger || first_name) && (first_name || !about_.named.contains(&who)) &&
            words[found.first - 1].kind == mark::none && !covered(found.first - 1) && head_at(before) == nullptr &&
            nisba_of(in_, words[found.first - 1]) == nullptr)
            out.add(-4, "behind another name");
        title_before(of, words, found.first, short_form, who, out);
    }

    /// How high an office somebody holds on the day.
    [[nodiscard]] double weight_on(const entry& who) const {
        double out = 0;
        for (const auto index : who.offices)
            if (about_.at && in_.tenures[index].surely_on(*about_.at))
                out = std::max(out, weight_of(in_, in_.tenures[index]));
        return out;
    }

    /// التاجر سلمان, كوهين مؤلف الكتاب: a calling outside of politics.
    [[nodiscard]] static bool private_calling(const head_noun& noun) {
        static constexpr std::string_view theirs[] = {"BUS", "CVL", "MED", "JRN", "EDU", "HLH", "AGR", "LAB"};
        return noun.kind == entity_kind::person &&
               std::any_of(noun.sectors.begin(), noun.sectors.end(), [](const auto& sector) {
                   return std::ranges::find(theirs, sector.view()) != std::end(theirs);
               });
    }

    /// "طنطاوي، شيخ الأزهر", "أبو عمار، بائع الخضار": what the name is explained by is an office of his, or is none.
    void calling_behind(const sentence& of, const std::vector<seen>& words, std::uint32_t end, const entry& who,
                        tally& out) const {
        const auto size = static_cast<std::uint32_t>(of.words.size());
        const bool comma = end < size && (of.words[end].form == "،" || of.words[end].form == ",");
        auto i = end + (comma ? 1 : 0);
        if (comma && i + 1 < size && of.words[i].form == "و" &&
            (of.words[i + 1].form == "هو" || of.words[i + 1].form == "هي"))
            i += 2;
        const auto* noun = i < size ? head_at(of.words[i]) : nullptr;
        if (noun == nullptr || noun->kind != entity_kind::person || noun->plural != 0 ||
            (!comma && of.words[i].tag != upos::noun && !private_calling(*noun)))
            return;
        const auto stated = std::ranges::find_if(*here_, [&](const match& one) {
            return one.first >= i && one.first < i + 6 && one.what->kind != entity_kind::person;
        });
        const auto resolved =
            std::ranges::find_if(*here_, [&](const match& one) { return one.first == i && one.office != nullptr; });
        const auto folded = text::fold(of.words[i].form);
        bool title = false, body = false;
        for (const auto index : who.offices) {
            const auto& held = in_.tenures[index];
            const auto& titles = in_.office_kinds[held.kind].titles;
            const auto key = without_article(folded);
            if (std::none_of(titles.begin(), titles.end(),
                             [&](const auto& one) { return one == key || one == of.words[i].key; }))
                continue;
            title = true;
            const auto& of_whom = in_.entries[held.body];
            body = body ||
                   (stated != here_->end() && (stated->what == &of_whom || (stated->what->toponym != 0 &&
                                                                            stated->what->country == of_whom.country)));
            body = body || (resolved != here_->end() && resolved->office->body == held.body);
            for (auto k = i + 1; k < std::min(i + 5, size); ++k)
                if (const auto* people = nisba_of(in_, words[k]); people != nullptr && people->owner == held.body)
                    body = true;
        }
        if (title)
            out.add(body ? 2.5 : 1.0, body ? "explained by an office of his" : "explained by a title of his");
        else if (!folded.starts_with("ال") && (comma || private_calling(*noun)))
            out.add(-3.0, "explained by what he is not");
    }

    /// "وزير الدفاع الروسي شويغو": the title and its state fit, or speak against.
    void title_before(const sentence& of, const std::vector<seen>& words, std::uint32_t first, bool short_form,
                      const entry& who, tally& out) const {
        const entry* state = nullptr;
        for (auto i = first; i-- > 0 && first - i < 7;) {
            const auto& word = of.words[i];
            if (words[i].kind != mark::none || word.tag == upos::verb || word.tag == upos::punct ||
                word.tag == upos::cconj)
                return;
            if (const auto* people = nisba_of(in_, words[i]); people != nullptr && state == nullptr)
                state = &in_.entries[people->owner];
            const auto* noun = head_at(word);
            if (noun == nullptr)
                continue;
            if (noun->kind != entity_kind::person)
                return;
            const bool shared = std::any_of(noun->sectors.begin(), noun->sectors.end(), [&](const auto& sector) {
                return std::any_of(who.sectors.begin(), who.sectors.end(),
                                   [&](const auto& own) { return own.view() == sector.view(); });
            });
            if (short_form && private_calling(*noun) && !shared) {
                out.add(-3.0, "after a calling that is not his");
                return;
            }
            out.add(0.5, "after a title");
            const auto folded = text::fold(word.form);
            const auto key = without_article(folded);
            for (const auto index : who.offices) {
                const auto& titles = in_.office_kinds[in_.tenures[index].kind].titles;
                if (std::any_of(titles.begin(), titles.end(),
                                [&](const auto& one) { return one == key || one == word.key; })) {
                    out.add(0.8, "the title of an office held");
                    break;
                }
            }
            if (state != nullptr && state->id.starts_with("country/") && !who.country.empty()) {
                const bool own = belongs_to(in_, who, state->country);
                out.add(own ? 0.7 : -4, own ? "the state of the title" : "a title of another state");
            }
            return;
        }
    }

    /// Part of a name that is settled, and surer than those of the gazetteer.
    [[nodiscard]] bool covered(std::uint32_t word) const {
        return std::ranges::any_of(*here_, [&](const match& one) {
            return one.first <= word && word < one.first + one.count && one.what->minor == 0 && !one.ambiguous;
        });
    }

    /// A town behind another of the same state: في النبطية وصور.
    [[nodiscard]] bool beside_another(const sentence& of, const match& found, const entry& who) const {
        auto end = found.first;
        if (end > 0 && (of.words[end - 1].form == "و" || of.words[end - 1].form == "،"))
            --end;
        return std::ranges::any_of(*here_, [&](const match& one) {
            return one.first + one.count == end && one.what->toponym != 0 && !one.ambiguous &&
                   one.what->country == who.country;
        });
    }

    [[nodiscard]] bool one_of_its_people_named(const entry& body) const {
        return std::ranges::any_of(about_.named, [&](const entry* one) {
            return std::any_of(one->offices.begin(), one->offices.end(),
                               [&](std::uint32_t held) { return &in_.entries[in_.tenures[held].body] == &body; });
        });
    }

    /// Places and bodies: the preposition or noun before, the adjective behind, and who of them is named.
    void score_around(const sentence& of, const std::vector<seen>& words, const match& found, const entry& who,
                      tally& out) const {
        if (who.toponym == 0 && found.ambiguous && one_of_its_people_named(who))
            out.add(2, "one of its people is named");
        const auto end = found.first + found.count;
        if (end < of.words.size()) {
            const auto* people = nisba_of(in_, words[end]);
            const auto* state = people == nullptr || people->plural != 0 ? nullptr : &in_.entries[people->owner];
            if (state != nullptr && !state->country.empty() && !who.country.empty() && state->country != who.country &&
                in_.words[words[end].word].form.starts_with("ال"))
                out.add(-2, "an adjective of another state behind it");
            else if (state != nullptr && !who.country.empty() && state->country == who.country && found.ambiguous &&
                     in_.words[words[end].word].form.starts_with("ال"))
                out.add(1.5, "an adjective of its state behind it");
            if (who.toponym != 0 && of.words[end].name == "I-LOC" && !covered(end))
                out.add(-2, "part of a longer name");
        }
        if (who.toponym != 0 && found.count == 1 && of.words[found.first].name == "I-PER" && found.first > 0 &&
            !covered(found.first - 1) && !called_place(in_, of, found.first))
            out.add(-2, "inside a person's name");
        if (who.toponym != 0 && found.ambiguous && beside_another(of, found, who))
            out.add(1.5, "beside another place of the state");
        if (who.toponym != 0 && who.minor == 0 && (who.source == "own" || who.source == "geo"))
            out.add(0.4, "a row of our own");
        if (found.first == 0)
            return;
        const auto& before = of.words[found.first - 1];
        const auto* noun = head_at(before);
        // A quarter, street or bridge bears the names of others; a village of that name elsewhere is not meant.
        const bool inside = noun != nullptr && noun->kind == entity_kind::place && noun->inherits != 0;
        if (who.toponym != 0 && inside && who.precision == place_precision::city && who.type != "quarter" &&
            who.minor != 0)
            out.add(-2.0, "after a noun of what lies in a town");
        else if (who.toponym != 0 && called_place(in_, of, found.first))
            out.add(who.id.starts_with("country/") ? 0.5 : 2.0, "after a noun of place");
        const auto journalist = [&] {
            return noun != nullptr && std::any_of(noun->sectors.begin(), noun->sectors.end(), [](const auto& sector) {
                       return sector == "MED" || sector == "JRN";
                   });
        };
        if (who.toponym == 0 && noun != nullptr &&
            (noun->kind == who.kind || (who.kind == entity_kind::media && journalist())))
            out.add(1.5, "after a noun of its kind");
        if (noun != nullptr && noun->kind == entity_kind::person && noun->title != 0 && who.toponym != 0 &&
            who.minor != 0)
            out.add(-1.0, "after a title");
        if (who.toponym != 0 && before.tag == upos::adp)
            out.add(0.4, "after a preposition");
    }

    const image& in_;
    std::string_view text_;
    std::span<const sentence> sentences_;
    std::vector<std::vector<seen>> words_;
    surroundings about_;
    std::unordered_set<std::string_view> titled_; ///< titles that stood in the article
    const std::vector<match>* here_ = nullptr;    ///< the names of the sentence that is being settled
};

} // namespace

std::vector<std::vector<match>> base::link(std::string_view text, std::span<const nlp::sentence> sentences,
                                           std::optional<day> at) const {
    return linker(in(), text, sentences, at).run();
}

std::vector<candidate> base::lookup(std::string_view name, std::optional<day> at) const {
    std::vector<candidate> out;
    nlp::sentence words;
    for (const auto& word : name_words(name)) {
        words.words.emplace_back();
        words.words.back().form = word;
        words.words.back().key = word;
        words.words.back().name = "O";
    }
    surroundings nowhere;
    nowhere.at = at;
    const auto end = static_cast<std::uint32_t>(words.words.size());
    const auto seen_words = look_at(in(), words, {}, 0, end);
    for (const auto& found : names_in(in(), words, seen_words, 0, end, at)) {
        if (found.first != 0 || found.count != end)
            continue;
        for (std::uint32_t i = 0; i < found.readings.size(); ++i) {
            candidate one;
            one.what = found.readings[i];
            one.office = found.office;
            tally sum(&one.reasons);
            const bool flagged = found.doubtful[i];
            score_by_itself(in(), *one.what, flagged, found.count, nowhere, sum);
            if (found.office != nullptr)
                sum.add(2, "holds the office on that day");
            one.score = sum.sum();
            one.spelling = flagged ? "~" : "";
            for (const auto& spelled : one.what->spellings)
                for (const auto& form : spellings(spelled)) {
                    std::vector<std::string> asked;
                    for (const auto& word : words.words)
                        asked.push_back(word.form);
                    if (form.words == asked)
                        one.spelling = spelled.str();
                }
            out.push_back(std::move(one));
        }
    }
    if (const auto* by_name = by_id(name); by_name != nullptr) {
        candidate one;
        one.what = by_name;
        one.reasons.emplace_back("its id");
        out.push_back(std::move(one));
    }
    std::ranges::stable_sort(out, [](const candidate& a, const candidate& b) { return a.score > b.score; });
    return out;
}

} // namespace isnad::knowledge
