// From a draft to the compiled file.
#include "knowledge/draft.hpp"
#include "knowledge/image.hpp"
#include "knowledge/names.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace isnad::knowledge {
namespace {

/// Grows the file; places are byte offsets, as addresses change while it grows.
class writer {
public:
    /// Room for `count` objects of T, all bytes zero.
    template <class T>
    std::size_t room(std::size_t count) {
        const auto at = (bytes_.size() + 7) / 8 * 8;
        bytes_.resize(at + count * sizeof(T), '\0');
        return at;
    }
    /// The object at an offset; valid until the file grows.
    template <class T>
    T& at(std::size_t offset) {
        return *reinterpret_cast<T*>(bytes_.data() + offset);
    }
    /// Fills the packed::text at `field`. Equal texts are written once.
    void put(std::size_t field, const std::string& text) {
        if (text.empty())
            return;
        const auto [known, fresh] = texts_.emplace(text, bytes_.size());
        if (fresh)
            bytes_ += text;
        point(field, known->second, text.size());
    }
    /// Fills the packed::list at `field` with texts.
    void put(std::size_t field, const std::vector<std::string>& texts) {
        if (texts.empty())
            return;
        const auto items = room<packed::text>(texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i)
            put(items + i * sizeof(packed::text), texts[i]);
        point(field, items, texts.size());
    }
    /// Makes the text or list at `field` point to `target`.
    void point(std::size_t field, std::size_t target, std::size_t size) {
        const auto distance =
            static_cast<std::int32_t>(static_cast<std::int64_t>(target) - static_cast<std::int64_t>(field));
        const auto length = static_cast<std::uint32_t>(size);
        std::memcpy(bytes_.data() + field, &distance, sizeof distance);
        std::memcpy(bytes_.data() + field + sizeof distance, &length, sizeof length);
    }
    /// Plain objects behind a list.
    template <class T>
    void put_plain(std::size_t field, const std::vector<T>& items) {
        if (items.empty())
            return;
        const auto to = room<T>(items.size());
        std::memcpy(bytes_.data() + to, items.data(), items.size() * sizeof(T));
        point(field, to, items.size());
    }
    std::string take() && { return std::move(bytes_); }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] std::string_view view() const { return bytes_; }

private:
    std::string bytes_;
    std::unordered_map<std::string, std::size_t> texts_;
};

/// A power of two with room to spare.
std::size_t places_for(std::size_t count) {
    std::size_t out = 8;
    while (out < count * 2)
        out *= 2;
    return out;
}

std::vector<slot> slots_of(const std::vector<std::string>& keys) {
    std::vector<slot> out(places_for(keys.size()));
    const auto mask = static_cast<std::uint32_t>(out.size() - 1);
    for (std::uint32_t i = 0; i < keys.size(); ++i) {
        const auto tag = tag_of(keys[i]);
        auto at = tag & mask;
        while (out[at].index != 0)
            at = (at + 1) & mask;
        out[at] = {tag, i + 1};
    }
    return out;
}

/// Names and office phrases while the trie grows.
class trie {
public:
    std::uint32_t word(const std::string& folded) {
        const auto [known, fresh] = numbers_.emplace(folded, static_cast<std::uint32_t>(words.size()));
        if (fresh)
            words.push_back(folded);
        return known->second;
    }
    std::uint32_t node_of(const std::vector<std::string>& of) {
        std::uint32_t node = 0;
        for (const auto& one : of) {
            const auto key = (std::uint64_t{node} << 32) | word(one);
            const auto [known, fresh] = steps_.emplace(key, static_cast<std::uint32_t>(bearers.size()));
            if (fresh) {
                bearers.emplace_back();
                offices.emplace_back();
                implied.emplace_back();
                stop.push_back(false);
            }
            node = known->second;
        }
        return node;
    }
    void add(const std::vector<std::string>& name, bearer who) {
        auto& here = bearers[node_of(name)];
        const auto found = std::ranges::find(here, who.entry, &bearer::entry);
        if (found == here.end())
            here.push_back(who);
        else
            found->flagged = found->flagged & who.flagged;
    }
    [[nodiscard]] std::vector<step> steps() const {
        std::vector<step> out(places_for(steps_.size()));
        const auto mask = static_cast<std::uint32_t>(out.size() - 1);
        for (const auto& [key, next] : steps_) {
            const auto node = static_cast<std::uint32_t>(key >> 32);
            const auto number = static_cast<std::uint32_t>(key);
            auto at = tag_of(node, number) & mask;
            while (out[at].next != 0)
                at = (at + 1) & mask;
            out[at] = {node, number, next};
        }
        return out;
    }

    std::vector<std::string> words;
    std::vector<std::vector<bearer>> bearers{1};
    std::vector<std::vector<std::uint32_t>> offices{1}; ///< indices of office phrases
    std::vector<std::vector<std::uint32_t>> implied{1}; ///< entries
    std::vector<bool> stop{false};

private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::map<std::uint64_t, std::uint32_t> steps_; ///< ordered, so that the same tables make the same file
};

struct phrase_draft {
    std::uint32_t kind = 0;
    bool with_nisba = false, with_name = false;
    std::vector<std::string> only;
};

class compiler {
public:
    explicit compiler(const draft& all) : all_(all) {}

    std::string run() {
        order();
        head_ = out_.room<image>(1);
        name_words_of_entries();
        implied_names();
        office_phrases();
        write_entries();
        write_offices();
        write_names();
        write_belongings();
        write_heads();
        seal();
        return std::move(out_).take();
    }

private:
    /// Entries by rank; places of one rank by population, else as the tables have them.
    void order() {
        order_.resize(all_.entries.size());
        std::iota(order_.begin(), order_.end(), 0U);
        std::ranges::stable_sort(order_, [&](std::uint32_t a, std::uint32_t b) {
            const auto& one = all_.entries[a];
            const auto& other = all_.entries[b];
            if (one.rank != other.rank)
                return one.rank < other.rank;
            return one.minor && other.minor && one.population > other.population;
        });
        for (std::uint32_t i = 0; i < order_.size(); ++i)
            number_.emplace(all_.entries[order_[i]].id, i);
        for (const auto& kind : all_.kinds)
            kind_number_.emplace(kind.key, static_cast<std::uint32_t>(kind_number_.size()));
    }

    [[nodiscard]] const draft_entry& entry_at(std::uint32_t i) const { return all_.entries[order_[i]]; }

    void name_words_of_entries() {
        for (const auto& phrase : all_.not_names)
            for (const auto& one : spellings(phrase))
                names_.stop[names_.node_of(one.words)] = true;
        for (std::uint32_t i = 0; i < order_.size(); ++i) {
            const auto& item = entry_at(i);
            if (item.nameless)
                continue;
            for (const auto& cell : item.names)
                for (const auto& one : spellings(cell)) {
                    // A composed name ("وزارة الدفاع الروسية") gives way to a row of its own: it ranks after all
                    // bodies.
                    if (item.composed && !names_.bearers[names_.node_of(one.words)].empty())
                        continue;
                    names_.add(one.words, {i, one.flagged ? 1U : 0U});
                    for (const auto& other : foreign_g(item, one.words))
                        names_.add(other, {i, one.flagged ? 1U : 0U});
                }
        }
    }

    /// A foreign g is written غ or ج, -berg with and without ي: "هيغسيث", "هيجسيث".
    static std::vector<std::vector<std::string>> foreign_g(const draft_entry& item,
                                                           const std::vector<std::string>& words) {
        if (item.kind != entity_kind::person || !has_hard_g(item.name_en))
            return {};
        const bool soft = item.name_en.find_first_of("jJ") != std::string::npos; // its ج is no g
        std::vector<std::vector<std::string>> out;
        for (const auto& [from, to] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
                 {"غ", "ج"}, {"ج", "غ"}, {"برغ", "بيرغ"}, {"بيرغ", "برغ"}}) {
            auto other = words;
            if (soft && from == "ج")
                continue;
            for (auto& word : other)
                for (auto at = word.find(from); at != std::string::npos; at = word.find(from, at + to.size()))
                    word.replace(at, from.size(), to);
            if (other != words)
                out.push_back(std::move(other));
        }
        return out;
    }

    static bool has_hard_g(std::string_view en) {
        for (std::size_t i = 0; i < en.size(); ++i)
            if ((en[i] == 'g' || en[i] == 'G') && (i + 1 == en.size() || en[i + 1] != 'h'))
                return true;
        return false;
    }

    /// What a short form may mean though no table gives it: "الجيش" in an article of one state, the surname of a
    /// minister. A form that somebody bears without "~" is his alone.
    void implied_names() {
        std::map<std::string, std::set<std::string>> nisbas;
        for (const auto& item : all_.entries)
            if (item.id.starts_with("country/"))
                for (const auto& masculine : item.nisba)
                    for (const auto& form : nisba_forms(masculine))
                        nisbas[item.country].insert("ال" + form.key);
        std::set<std::uint32_t> holders;
        for (const auto& held : all_.tenures)
            if (const auto kind = std::ranges::find(all_.kinds, held.office, &draft_kind::key);
                kind != all_.kinds.end() && kind->surname)
                holders.insert(number_.at(held.person));
        for (std::uint32_t i = 0; i < order_.size(); ++i) {
            const auto& item = entry_at(i);
            if (!item.bare.empty())
                imply_body(i);
            if (!item.composed && !item.toponym && item.rank > 0 && item.kind != entity_kind::person &&
                item.kind != entity_kind::media)
                imply_parts(i, nisbas[item.country]);
            if (holders.contains(i))
                for (const auto& form : surnames_of(name_words(item.name)))
                    imply(form, i);
        }
    }

    /// "الكتائب" for "حزب الكتائب اللبنانية": a body without the noun before its name and the adjective of its state.
    void imply_parts(std::uint32_t i, const std::set<std::string>& nisbas) {
        for (const auto& cell : entry_at(i).names) {
            auto words = name_words(cell);
            if (cell.find_first_of("~[") != std::string::npos || words.size() < 2)
                continue;
            const bool own = nisbas.contains(words.back());
            if (own) {
                words.pop_back();
                imply(words, i);
            }
            const auto noun = all_.heads.find(words.front());
            if (words.size() < 2 || noun == all_.heads.end() || noun->second.kind == entity_kind::person ||
                noun->second.kind == entity_kind::place || !words[1].starts_with("ال"))
                continue;
            words.erase(words.begin());
            imply(words, i);
        }
    }

    /// The body that bears the composed name: a row of its own where there is one.
    void imply_body(std::uint32_t i) {
        const auto& item = entry_at(i);
        for (std::size_t k = 0; k < item.bare.size(); ++k) {
            auto who = i;
            for (const auto& name : item.names)
                if (const auto& bearers = names_.bearers[names_.node_of(name_words(name))];
                    bearers.size() == 1 && !entry_at(bearers.front().entry).toponym) {
                    who = bearers.front().entry;
                    break;
                }
            imply(name_words(item.bare[k]), who);
        }
    }

    /// دي مستورا, بن علوان, المعلم: the last word with the particle before it.
    static std::vector<std::vector<std::string>> surnames_of(const std::vector<std::string>& name) {
        static const std::set<std::string, std::less<>> particles{"بن",  "ابن", "ولد", "ال", "دي", "فان",
                                                                  "عبد", "ابو", "بو",  "اغ", "دو", "لو"};
        if (name.size() < 2)
            return {};
        auto first = name.size() - 1;
        while (first > 1 && particles.contains(name[first - 1]))
            --first;
        return {std::vector<std::string>(name.begin() + static_cast<std::ptrdiff_t>(first), name.end())};
    }

    static constexpr std::size_t least = 3 * 2; ///< letters of a short form

    void imply(const std::vector<std::string>& form, std::uint32_t who) {
        if (form.empty() || (form.size() == 1 && form.front().size() < least))
            return;
        const auto node = names_.node_of(form);
        const auto& bearers = names_.bearers[node];
        const bool taken = std::ranges::any_of(bearers, [&](const bearer& one) {
            return one.entry == who || (one.flagged == 0 && !entry_at(one.entry).minor);
        });
        auto& here = names_.implied[node];
        if (!taken && std::ranges::find(here, who) == here.end())
            here.push_back(who);
    }

    void office_phrases() {
        for (const auto& kind : all_.kinds) {
            const auto number = kind_number_.at(kind.key);
            std::map<std::string, std::pair<bool, bool>> forms;
            for (const auto& phrase : kind.with_nisba)
                forms[phrase].first = true;
            for (const auto& phrase : kind.with_name)
                forms[phrase].second = true;
            for (const auto& [phrase, uses] : forms) {
                const auto words = name_words(phrase);
                if (words.empty())
                    continue;
                phrases_.push_back({number, uses.first, uses.second, kind.only});
                names_.offices[names_.node_of(words)].push_back(static_cast<std::uint32_t>(phrases_.size() - 1));
                titles_[number].insert(std::string(without_article(words.front())));
            }
        }
    }

    static std::size_t field(std::size_t object, std::size_t offset) { return object + offset; }

    void write_entries() {
        const auto first = out_.room<entry>(order_.size());
        std::vector<std::string> ids;
        for (std::uint32_t i = 0; i < order_.size(); ++i) {
            const auto& from = entry_at(i);
            const auto at = first + i * sizeof(entry);
            out_.put(field(at, offsetof(entry, id)), from.id);
            out_.put(field(at, offsetof(entry, name)), from.name);
            out_.put(field(at, offsetof(entry, name_en)), from.name_en);
            out_.put(field(at, offsetof(entry, country)), from.country);
            out_.put(field(at, offsetof(entry, sectors)), from.sectors);
            out_.put(field(at, offsetof(entry, code)), from.code);
            out_.put(field(at, offsetof(entry, wikidata)), from.wikidata);
            out_.put(field(at, offsetof(entry, geonames)), from.geonames);
            out_.put(field(at, offsetof(entry, stands_for)), from.stands_for);
            out_.put(field(at, offsetof(entry, source)), from.source);
            out_.put(field(at, offsetof(entry, type)), from.type);
            if (!from.composed)
                out_.put(field(at, offsetof(entry, spellings)), from.names);
            auto& to = out_.at<entry>(at);
            to.latitude = from.lat.value_or(std::numeric_limits<double>::quiet_NaN());
            to.longitude = from.lon.value_or(std::numeric_limits<double>::quiet_NaN());
            to.population = from.population;
            to.kind = from.kind;
            to.precision = from.precision;
            to.toponym = from.toponym ? 1 : 0;
            to.minor = from.minor ? 1 : 0;
            ids.push_back(from.id);
        }
        entries_ = first;
        out_.point(head_ + offsetof(image, entries), first, order_.size());
        out_.put_plain(head_ + offsetof(image, ids), slots_of(ids));
    }

    static std::pair<day, day> edges(const std::string& written, day unknown_first, day unknown_last) {
        const auto days = days_of(written);
        return days ? *days : std::pair(unknown_first, unknown_last);
    }

    void write_offices() {
        const auto kinds = out_.room<office_kind>(kind_number_.size());
        std::set<std::uint32_t> written;
        for (const auto& kind : all_.kinds) {
            const auto number = kind_number_.at(kind.key);
            if (!written.insert(number).second)
                continue; // further rows of one kind only add phrases
            const auto at = kinds + number * sizeof(office_kind);
            out_.put(at + offsetof(office_kind, key), kind.key);
            out_.put(at + offsetof(office_kind, en), kind.en);
            out_.put(at + offsetof(office_kind, arabic), kind.with_nisba.empty() ? "" : kind.with_nisba.front());
            out_.put(at + offsetof(office_kind, sectors), kind.sectors);
            const auto& titles = titles_[number];
            out_.put(at + offsetof(office_kind, titles), std::vector<std::string>(titles.begin(), titles.end()));
            auto& to = out_.at<office_kind>(at);
            to.exclusive = kind.exclusive ? 1 : 0;
            to.resolves = kind.resolves ? 1 : 0;
        }
        out_.point(head_ + offsetof(image, office_kinds), kinds, kind_number_.size());
        write_tenures();
        const auto phrases = out_.room<office_phrase>(phrases_.size());
        std::vector<std::uint32_t> position(phrases_.size()); // phrases of one node lie together
        std::uint32_t next = 0;
        for (const auto& here : names_.offices)
            for (const auto which : here)
                position[which] = next++;
        for (std::size_t i = 0; i < phrases_.size(); ++i) {
            const auto at = phrases + position[i] * sizeof(office_phrase);
            out_.put(at + offsetof(office_phrase, only), phrases_[i].only);
            auto& to = out_.at<office_phrase>(at);
            to.kind = phrases_[i].kind;
            to.with_nisba = phrases_[i].with_nisba ? 1 : 0;
            to.with_name = phrases_[i].with_name ? 1 : 0;
        }
        out_.point(head_ + offsetof(image, office_phrases), phrases, phrases_.size());
    }

    void write_tenures() {
        struct sortable {
            std::uint32_t holder, body, kind;
            std::pair<day, day> from, to;
            const draft_tenure* row;
        };
        constexpr auto first_day = std::numeric_limits<day>::min(), last_day = std::numeric_limits<day>::max();
        std::vector<sortable> all;
        for (const auto& held : all_.tenures)
            all.push_back({number_.at(held.person), number_.at(held.of), kind_number_.at(held.office),
                           edges(held.from, first_day, last_day),
                           held.to.empty() ? std::pair(last_day, last_day) : edges(held.to, first_day, last_day),
                           &held});
        std::ranges::sort(all, [](const sortable& a, const sortable& b) {
            return std::tuple(a.body, a.kind, a.from, a.holder) < std::tuple(b.body, b.kind, b.from, b.holder);
        });
        const auto first = out_.room<tenure>(all.size());
        std::map<std::uint32_t, std::vector<std::uint32_t>> of_person;
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            const auto at = first + i * sizeof(tenure);
            out_.put(at + offsetof(tenure, from), all[i].row->from);
            out_.put(at + offsetof(tenure, to), all[i].row->to);
            out_.put(at + offsetof(tenure, source), all[i].row->source);
            auto& to = out_.at<tenure>(at);
            to.holder = all[i].holder;
            to.body = all[i].body;
            to.kind = all[i].kind;
            to.from_first = all[i].from.first;
            to.from_last = all[i].from.second;
            to.to_first = all[i].to.first;
            to.to_last = all[i].to.second;
            of_person[to.holder].push_back(i);
        }
        out_.point(head_ + offsetof(image, tenures), first, all.size());
        for (auto& [who, held] : of_person) {
            std::ranges::stable_sort(held, {}, [&](std::uint32_t i) { return all[i].from; });
            out_.put_plain(entries_ + who * sizeof(entry) + offsetof(entry, offices), held);
        }
    }

    /// Of namesakes those that are flagged come last; a state and places of its own are no namesakes.
    void write_names() {
        std::vector<node> nodes(names_.bearers.size());
        std::vector<bearer> bearers;
        std::uint32_t office = 0;
        for (std::size_t n = 0; n < nodes.size(); ++n) {
            auto here = names_.bearers[n];
            auto& to = nodes[n];
            to.office = office;
            to.offices = static_cast<std::uint32_t>(names_.offices[n].size());
            office += to.offices;
            to.stop = names_.stop[n] ? 1 : 0;
            if (to.stop != 0)
                continue;
            // Places of the gazetteer come last, and do not make a name of the other tables ambiguous.
            std::ranges::stable_sort(
                here, {}, [&](const bearer& one) { return std::pair(entry_at(one.entry).minor, one.flagged); });
            to.first = static_cast<std::uint32_t>(bearers.size());
            to.count = static_cast<std::uint16_t>(here.size());
            bool flagged = !here.empty() && here.front().flagged != 0;
            for (const auto& one : here) {
                const auto& best = entry_at(here.front().entry);
                const auto& other = entry_at(one.entry);
                const bool same_land = best.toponym && other.toponym && best.country == other.country;
                flagged = flagged || (&best != &other && !same_land && (best.minor || !other.minor));
                bearers.push_back(one);
            }
            to.flagged = flagged ? 1 : 0;
        }
        for (std::size_t n = 0; n < nodes.size(); ++n) {
            nodes[n].implied = static_cast<std::uint32_t>(bearers.size());
            nodes[n].implieds = static_cast<std::uint32_t>(names_.implied[n].size());
            for (const auto who : names_.implied[n])
                bearers.push_back({who, 1});
        }
        out_.put_plain(head_ + offsetof(image, steps), names_.steps());
        out_.put_plain(head_ + offsetof(image, nodes), nodes);
        out_.put_plain(head_ + offsetof(image, bearers), bearers);
    }

    /// The first row that has a nisba keeps it; irregular forms of a people take it over. Each with and without
    /// article.
    void write_belongings() {
        std::map<std::string, belonging> all;
        const auto in_order = [&](auto&& give) {
            for (std::uint32_t i = 0; i < order_.size(); ++i)
                give(entry_at(i), i);
        };
        in_order([&](const draft_entry& item, std::uint32_t i) {
            for (const auto& masculine : item.nisba)
                for (auto& form : nisba_forms(masculine))
                    all.try_emplace(std::move(form.key), belonging{i, form.plural ? 1U : 0U});
        });
        in_order([&](const draft_entry& item, std::uint32_t i) {
            for (const auto& form : item.people)
                all.insert_or_assign(folded_without_article(form), belonging{i, 1});
        });
        // "روسيا" is a country's name, not the accusative of its nisba.
        in_order([&](const draft_entry& item, std::uint32_t) {
            if (item.id.starts_with("country/"))
                for (const auto& cell : item.names)
                    for (const auto& one : spellings(cell))
                        if (one.words.size() == 1 && one.words.front().ends_with("يا"))
                            all.erase(one.words.front());
        });
        std::vector<belonging> plain;
        std::map<std::string, std::uint32_t> by_word;
        for (const auto& [form, what] : all) {
            plain.push_back(what);
            by_word.emplace(form, static_cast<std::uint32_t>(plain.size()));
            by_word.emplace("ال" + form, static_cast<std::uint32_t>(plain.size()));
        }
        for (const auto& [form, index] : by_word)
            names_.word(form);
        for (const auto& form : all_.former)
            names_.word(form);
        const auto first_names = words_before_surnames();
        const auto first = out_.room<known_word>(names_.words.size());
        for (std::size_t i = 0; i < names_.words.size(); ++i) {
            const auto at = first + i * sizeof(known_word);
            out_.put(at + offsetof(known_word, form), names_.words[i]);
            const auto found = by_word.find(names_.words[i]);
            auto& to = out_.at<known_word>(at);
            to.nisba = found == by_word.end() ? 0 : found->second;
            to.former = all_.former.contains(names_.words[i]) ? 1 : 0;
            to.first_name = first_names.contains(names_.words[i]) ? 1 : 0;
        }
        out_.point(head_ + offsetof(image, words), first, names_.words.size());
        out_.put_plain(head_ + offsetof(image, word_slots), slots_of(names_.words));
        out_.put_plain(head_ + offsetof(image, belongings), plain);
    }

    /// محمد, هالة: a surname behind one of them is the surname of that one. Nouns that stand before names are none of
    /// them.
    [[nodiscard]] std::set<std::string> words_before_surnames() const {
        std::set<std::string> out;
        for (const auto& item : all_.entries)
            if (item.kind == entity_kind::person && item.rank > 0)
                if (const auto words = name_words(item.name); words.size() > 1 && !all_.heads.contains(words.front()) &&
                                                              !all_.heads.contains(without_article(words.front())))
                    out.insert(words.front());
        return out;
    }

    void write_heads() {
        std::vector<std::string> keys;
        const auto heads = out_.room<head_noun>(all_.heads.size());
        for (const auto& [key, noun] : all_.heads) {
            const auto at = heads + keys.size() * sizeof(head_noun);
            out_.put(at + offsetof(head_noun, key), key);
            out_.put(at + offsetof(head_noun, sectors), noun.sectors);
            auto& to = out_.at<head_noun>(at);
            to.kind = noun.kind;
            to.title = noun.title ? 1 : 0;
            to.plural = noun.plural ? 1 : 0;
            to.inherits = noun.inherits ? 1 : 0;
            keys.push_back(key);
        }
        out_.point(head_ + offsetof(image, heads), heads, keys.size());
        out_.put_plain(head_ + offsetof(image, head_slots), slots_of(keys));
        keys.clear();
        const auto modifiers = out_.room<modifier>(all_.modifiers.size());
        for (const auto& [key, what] : all_.modifiers) {
            const auto at = modifiers + keys.size() * sizeof(modifier);
            out_.put(at + offsetof(modifier, key), key);
            out_.put(at + offsetof(modifier, sectors), what.sectors);
            auto& to = out_.at<modifier>(at);
            to.kind = what.kind.value_or(entity_kind::other);
            to.has_kind = what.kind ? 1 : 0;
            keys.push_back(key);
        }
        out_.point(head_ + offsetof(image, modifiers), modifiers, keys.size());
        out_.put_plain(head_ + offsetof(image, modifier_slots), slots_of(keys));
    }

    void seal() {
        out_.room<std::uint64_t>(1);
        auto& header = out_.at<image>(head_);
        std::memcpy(header.magic, image::expected_magic, sizeof header.magic);
        header.format = image::expected_format;
        header.size_of_entry = sizeof(entry);
        header.bytes = out_.size();
        header.checksum = checksum_of(out_.view().substr(sizeof(image)));
    }

    const draft& all_;
    writer out_;
    std::size_t head_ = 0, entries_ = 0;
    std::vector<std::uint32_t> order_; ///< compiled → draft
    std::unordered_map<std::string, std::uint32_t> number_;
    std::unordered_map<std::string, std::uint32_t> kind_number_;
    std::map<std::uint32_t, std::set<std::string>> titles_;
    trie names_;
    std::vector<phrase_draft> phrases_;
};

} // namespace

std::string compile(const draft& all) {
    return compiler(all).run();
}

} // namespace isnad::knowledge
