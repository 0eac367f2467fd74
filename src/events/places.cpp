#include "events/places.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace isnad::events {

namespace {

using nlp::upos;

/// What the words before a toponym say of where the place meant lies from it.
struct relation {
    std::optional<double> direction;  ///< degrees clockwise from north
    std::optional<double> kilometres; ///< with a direction
    word_index first = 0;             ///< the first of these words
};

/// Halfway between two directions: جنوب غربي.
double between(double a, double b) {
    return std::abs(a - b) > 180 ? std::fmod((a + b + 360) / 2, 360) : (a + b) / 2;
}

/// The number that ends before word `end`, and its first word: "30", "عشرين", "خمسة وعشرين".
std::optional<std::pair<double, word_index>> number_before(const lexicon& words, const syntax& tree, word_index end) {
    double sum = 0;
    auto first = end;
    while (first > 0) {
        const auto i = first - 1;
        const auto& form = tree.form(i);
        const bool digits =
            !form.empty() && form.size() < 7 && form.find_first_not_of("0123456789") == std::string::npos;
        const auto* cardinal = words.cardinal(tree.bare(i));
        if (digits)
            sum += std::stod(form);
        else if (cardinal != nullptr)
            sum += static_cast<double>(*cardinal);
        else if (!(tree.word(i).tag == upos::cconj && first < end))
            break;
        first = i;
        if (digits)
            break;
    }
    return sum > 0 ? std::optional(std::pair(sum, first)) : std::nullopt;
}

/// Reads backwards: [number unit] [إلى] direction [direction] [من|عن] [مدينة] TOPONYM.
relation before_name(const lexicon& words, const reading& read, word_index name) {
    const auto& tree = read.tree;
    relation out;
    auto i = name;
    if (i > 0 && words.in_class("settlement", tree.bare(i - 1)))
        --i;
    if (i > 0 && (tree.form(i - 1) == "من" || tree.form(i - 1) == "عن"))
        --i;
    while (i > 0) {
        const auto* degrees = words.direction(tree.form(i - 1));
        if (degrees == nullptr)
            break;
        out.direction = out.direction ? between(*out.direction, *degrees) : *degrees;
        --i;
    }
    if (!out.direction)
        return {};
    out.first = i;
    if (i > 0 &&
        (tree.form(i - 1) == "الي" || tree.form(i - 1) == "ل" || tree.form(i - 1) == "ب" || tree.form(i - 1) == "ا"))
        --i;
    if (i == 0)
        return out;
    const auto* unit = words.kilometres(tree.form(i - 1));
    if (unit == nullptr)
        return out;
    const auto many = number_before(words, tree, i - 1);
    const bool two = tree.form(i - 1).ends_with("ين") || tree.form(i - 1).ends_with("ان"); // كيلومترين
    if (!many && !two)
        return out;
    out.kilometres = (many ? many->first : 2.0) * *unit;
    out.first = many ? many->second : i - 1;
    return out;
}

/// The point `kilometres` from another on the sphere; good to a few hundred metres at these distances.
void move(double& lat, double& lon, double kilometres, double direction) {
    constexpr double radians = std::numbers::pi / 180, kilometres_a_degree = 111.195;
    const auto there = kilometres / kilometres_a_degree;
    const auto north = there * std::cos(direction * radians);
    lon += there * std::sin(direction * radians) / std::cos((lat + north / 2) * radians);
    lat += north;
}

void apply(const relation& from, const syntax& tree, word_index name, place& made) {
    const bool state = made.precision == place_precision::country;
    if (!from.direction || state)
        return;
    if (from.kilometres && made.lat && made.lon) {
        double lat = *made.lat, lon = *made.lon;
        move(lat, lon, *from.kilometres, *from.direction);
        made.lat = std::round(lat * 1e4) / 1e4;
        made.lon = std::round(lon * 1e4) / 1e4;
        made.precision = place_precision::point;
        made.rule =
            fmt::format("{:g} km at {:g} degrees from {}", *from.kilometres, *from.direction, tree.word(name).form);
    } else {
        // "شمالي حلب": the land around, some fifteen kilometres off, whose middle is that far away too.
        constexpr double around = 15;
        if (made.precision == place_precision::city && made.lat && made.lon) {
            move(*made.lat, *made.lon, around, *from.direction);
            made.lat = std::round(*made.lat * 1e4) / 1e4;
            made.lon = std::round(*made.lon * 1e4) / 1e4;
        }
        made.precision = place_precision::region;
        made.rule = fmt::format("the part at {:g} degrees of {}", *from.direction, tree.word(name).form);
    }
    made.at.begin = std::min(made.at.begin, tree.word(from.first).at.begin);
}

/// The words of places between a noun of place that is known by no name and the town that it lies in or by:
/// حي الزيتون في مدينة غزة, موقع قرب سراوان.
const knowledge::match* town_behind(const lexicon& words, const reading& read, word_index first, word_index past) {
    const auto& tree = read.tree;
    bool led = false; // a preposition of place leads to the town
    for (auto i = past; i < tree.size() && i - first < 9; ++i) {
        const auto* match = read.name_at[i] == 0 ? nullptr : &read.names[read.name_at[i] - 1];
        if (match != nullptr && match->what->toponym != 0)
            return led && !match->what->id.starts_with("country/") ? match : nullptr;
        if (match != nullptr || tree.is_verb(i) || tree.is_punct(i) || tree.word(i).tag == upos::cconj)
            return nullptr;
        led = led || words.serves("locative", tree.form(i));
    }
    return nullptr;
}

/// "في", "قرب", "إلى الشمال من": the last preposition of a compound decides.
bool in_locative_use(const lexicon& words, const syntax& tree, word_index head) {
    const auto preposition = tree.preposition(head);
    for (auto i = head; !preposition.empty() && i-- > 0 && head - i < 4;)
        if (tree.word(i).tag == upos::adp && i > 0 &&
            (words.in_class("lying", tree.key(i - 1)) || words.in_class("lying", tree.bare(i - 1))))
            return true; // الحدودي مع الأردن
    const auto last = preposition.rfind(' ');
    return words.serves("locative", preposition) ||
           (last != std::string::npos && words.serves("locative", preposition.substr(last + 1)));
}

/// "استعادت القوات سنجار", "قصف تكريت": a town, not a state, that a deed falls upon is where it happens.
bool falls_upon(const lexicon& words, const syntax& tree, word_index head) {
    const auto up = tree.head(head);
    if (up == no_word || !tree.preposition(head).empty())
        return false;
    const auto takes = [&](word_index verb) {
        return words.verb_frames(tree.key(verb)) != nullptr || words.in_class("taking", tree.key(verb));
    };
    if (tree.relation(head, {"obj"}))
        return takes(up);
    if (up + 1 == head && words.in_class("taking", tree.key(up)))
        return true;                                // دخول الحويجة
    for (auto i = head; i-- > 0 && head - i < 7;) { // دخلت القوات العراقية الحويجة, wherever the tree hangs it
        if (tree.is_verb(i) || tree.is_punct(i) || tree.word(i).tag == upos::adp || tree.word(i).tag == upos::sconj)
            return tree.is_verb(i) && i + 1 < head && words.in_class("taking", tree.key(i));
    }
    return up + 1 == head && tree.relation(head, {"nmod"}) && words.noun_frames(tree.key(up)) != nullptr;
}

/// "زار بيروت", "زيارة لمصر": who goes to or from a place is there, be it a town or a state.
bool gone_to(const lexicon& words, const syntax& tree, word_index head, bool town) {
    const auto up = tree.head(head);
    for (auto i = head; town && i-- > 0 && head - i < 5;) { // دخل مسلحو طالبان كابول, wherever the tree hangs it
        if (tree.is_punct(i) || tree.word(i).tag == upos::adp || tree.word(i).tag == upos::sconj)
            break;
        if (tree.is_verb(i)) {
            if (words.in_class("seizing", tree.key(i)) || words.in_class("going", tree.key(i)))
                return true;
            break;
        }
    }
    if (up == no_word || up > head)
        return false;
    const auto& preposition = tree.preposition(head);
    const bool direct = preposition.empty() && tree.relation(head, {"obj", "nmod", "nsubj"});
    if (tree.is_verb(up))
        return direct && (words.in_class("going", tree.key(up)) || words.in_class("seizing", tree.key(up)));
    return (direct ? up + 1 == head : preposition == "ل") &&
           (words.in_class("going", tree.key(up)) || (direct && words.in_class("seizing", tree.key(up))));
}

/// "قندهار وهراة": joined by و to a place right before it.
bool beside_taken(const syntax& tree, const std::vector<bool>& taken, word_index first) {
    return first >= 2 && (tree.form(first - 1) == "و" || tree.form(first - 1) == "،") && taken[first - 2];
}

/// "على مشارف عدن": the noun that governs the town stands in locative use itself.
bool in_area(const lexicon& words, const syntax& tree, word_index head) {
    const auto up = tree.head(head);
    return up != no_word && tree.relation(head, {"nmod"}) && tree.preposition(head).empty() &&
           (words.in_class("area", tree.bare(up)) || words.in_class("place_noun", tree.bare(up))) &&
           in_locative_use(words, tree, up);
}

/// A town, camp or region that is no capital acts in nobody's name: it is spoken of as where something is, unless it
/// says who or what somebody else is (محافظ تعز, محكمة صفاقس, «عدن» بوست) or may be no name at all.
bool names_a_place(const lexicon& words, const knowledge::base& base, const reading& read,
                   const knowledge::match& name) {
    const auto& tree = read.tree;
    const auto& word = tree.word(name.first);
    const bool labelled = word.name.ends_with("LOC");
    if ((name.doubtful.front() || (name.what->minor != 0 && name.count == 1)) && !labelled)
        return false;
    const bool another = word.name.ends_with("PER") || word.name.ends_with("ORG");
    if (name.count == 1 && another)
        return false;
    if (const auto past = name.first + name.count; past < tree.size()) {
        if (tree.form(past) == "/" || tree.form(past) == "»")
            return false;
        // No town governs a noun: جدة الطفل is his grandmother.
        if (name.count == 1 && tree.word(past).tag == upos::noun && tree.head(past) == name.first &&
            tree.relation(past, {"nmod"}) && tree.preposition(past).empty() && tree.form(past).starts_with("ال") &&
            !words.in_class("place_noun", tree.bare(past)))
            return false;
    }
    if (name.first == 0 || tree.form(name.first - 1).starts_with("ال")) // no noun with an article governs another
        return true;
    const auto before = name.first - 1;
    if (words.in_class("playing", tree.bare(before))) // مهاجم برشلونة: the club
        return false;
    const auto* role = base.head(tree.key(before));
    if (role == nullptr)
        role = base.head(tree.bare(before));
    if (role == nullptr || role->kind == entity_kind::place || words.in_class("dwellers", tree.bare(before)))
        return true;
    return role->kind == entity_kind::organization && in_locative_use(words, tree, before); // في مدرسة بيسلان
}

/// "طلب من مصر", "عقوبات على سوريا": a state that somebody deals with is a party, though a preposition stands before
/// it.
bool deals_with(const lexicon& words, const syntax& tree, word_index head) {
    const auto dealing = [&](word_index i) {
        return words.in_class("dealing", tree.key(i)) || words.in_class("dealing", tree.bare(i));
    };
    const auto preposition = tree.preposition(head);
    if (preposition.empty() || preposition == "في" || preposition == "ب") // السفير التركي في بغداد
        return false;
    if (const auto up = tree.head(head); up != no_word && up < head && dealing(up))
        return true;
    for (auto i = head; i-- > 0 && head - i < 3;)
        if (tree.word(i).tag == upos::adp && i > 0)
            return dealing(i - 1);
    return false;
}

/// The direction, distance or noun of area between word `first` and the name inside the place.
void settle(const lexicon& words, const reading& read, word_index first, place& made) {
    const auto& tree = read.tree;
    auto name = first;
    while (name < tree.size() && tree.word(name).at.begin < made.at.end && read.name_at[name] == 0)
        ++name;
    if (name >= tree.size() || tree.word(name).at.begin >= made.at.end)
        return;
    apply(before_name(words, read, name), tree, name, made);
    if (name > 0 && made.precision != place_precision::country && made.rule.empty() &&
        words.in_class("area", tree.bare(name - 1)))
        made.precision = place_precision::region; // ريف حلب
}

} // namespace

// Toponyms in locative use, with the noun of place before them: "في مدينة بنغازي", "قرب بلدة تل الزيتون", known or not;
// a bare noun of place only where a name stands by it.
void read_places(const std::vector<reading>& sentences, const lexicon& words, const knowledge::base& base, cast& who,
                 record& out) {
    const auto place_noun = [&](const syntax& tree, word_index i) {
        return words.in_class("place_noun", tree.key(i)) || words.in_class("place_noun", tree.bare(i));
    };
    for (std::uint32_t s = 0; s < sentences.size(); ++s) {
        const auto& read = sentences[s];
        const auto& tree = read.tree;
        std::vector<bool> taken(tree.size(), false);
        for (word_index i = read.dateline_end; i < tree.size(); ++i) {
            const auto* match = read.name_at[i] == 0 ? nullptr : &read.names[read.name_at[i] - 1];
            const bool known = match != nullptr && match->what->toponym != 0 && match->first == i;
            const bool described = match == nullptr && tree.word(i).tag == upos::noun && place_noun(tree, i);
            if (taken[i] || (!known && !described))
                continue;
            word_index head = i; // topmost word of the name
            if (known)
                while (tree.head(head) != no_word && tree.head(head) >= match->first &&
                       tree.head(head) < match->first + match->count)
                    head = tree.head(head);
            const auto from = known ? before_name(words, read, i) : relation{};
            bool place = from.direction || in_locative_use(words, tree, head);
            const bool state = known && (match->what->id.starts_with("country/") || !match->what->stands_for.empty());
            place = place || (known && in_area(words, tree, head)) || (!state && falls_upon(words, tree, head));
            place = place || (known && (beside_taken(tree, taken, i) ||
                                        gone_to(words, tree, head, !match->what->stands_for.empty())));
            place = place || (known && !state && names_a_place(words, base, read, *match));
            if (place && state && deals_with(words, tree, head))
                place = false;
            if (!place && tree.relation(head, {"conj"}) && tree.head(head) != no_word)
                place = taken[tree.head(head)];
            if (!place)
                continue;
            const auto mention = known ? who.toponym({s, head}) : who.described_place({s, head});
            if (!mention)
                continue;
            isnad::place made;
            made.at = out.mentions[*mention].at;
            made.entity = out.mentions[*mention].entity;
            const auto* entry = who.known(made.entity);
            if (entry != nullptr) {
                made.lat = entry->lat();
                made.lon = entry->lon();
                made.precision = entry->precision;
            } else {
                made.precision = place_precision::region;
                word_index past = i;
                while (past < tree.size() && tree.word(past).at.begin < made.at.end)
                    ++past;
                if (const auto* town = town_behind(words, read, i, past); town != nullptr) {
                    made.lat = town->what->lat();
                    made.lon = town->what->lon();
                    made.rule = fmt::format("in or by {}", tree.word(town->first).form);
                }
            }
            settle(words, read, i, made);
            for (word_index w = i; w < tree.size() && tree.word(w).at.begin < made.at.end; ++w)
                taken[w] = true;
            out.places.push_back(made);
        }
    }
}

} // namespace isnad::events
