#include "events/reader.hpp"

#include "base/table.hpp"
#include "events/claim_times.hpp"
#include "events/deeds.hpp"
#include "events/mending.hpp"
#include "events/places.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace isnad::events {

namespace {

using nlp::upos;

/// First word after "موسكو - رويترز:" or "الرباط (أ ف ب) -": where the story was filed, no part of what it tells.
word_index dateline_of(const syntax& tree, const reading& read) {
    if (!tree.parsed().starts_paragraph || tree.size() < 4)
        return 0;
    const word_index most = std::min<word_index>(tree.size(), 18);
    if (tree.word(0).tag == upos::num || tree.is_punct(0)) { // "08:15 -", "• ": the clock or bullet of a live blog
        word_index end = 0;
        while (end < most && (tree.word(end).tag == upos::num || tree.is_punct(end)) && !tree.is_quote(end))
            ++end;
        const auto& last = end > 0 ? tree.word(end - 1).form : tree.word(0).form;
        return end > 1 && (last == "-" || last == "–" || last == "—" || last == ":" || last == "|") ? end : 0;
    }
    if (read.name_at[0] == 0 || (read.names[0].what->toponym == 0 && read.names[0].what->kind != entity_kind::media))
        return 0;
    for (word_index i = 1; i < most; ++i) {
        const auto& form = tree.word(i).form;
        const bool dash = form == "-" || form == "–" || form == "—" || form == "ـ" || form == ":";
        if (tree.is_verb(i))
            return 0;
        if (!dash)
            continue;
        // Another dash may follow: "موسكو - رويترز - ".
        word_index end = i + 1;
        for (word_index j = end; j < most && !tree.is_verb(j); ++j)
            if (const auto& next = tree.word(j).form; next == "-" || next == "–" || next == "—" || next == ":") {
                bool plain = true;
                for (word_index k = end; k < j; ++k)
                    plain = plain && (read.name_at[k] != 0 || tree.is_punct(k) || tree.word(k).tag == upos::num ||
                                      tree.word(k).tag == upos::other || tree.word(k).tag == upos::noun ||
                                      tree.word(k).tag == upos::adj);
                if (plain && j < end + 8)
                    end = j + 1;
            }
        return end;
    }
    return 0;
}

reading read_of(const nlp::sentence& parsed, std::vector<knowledge::match> names, std::string_view text,
                const std::string& published, const lexicon& words, const timex::grammar& times,
                timex::discourse& before, const knowledge::base& base, record& out) {
    reading read{syntax(parsed), std::move(names), times.find(text, parsed, published, before), {}, {}, {}, 0};
    mend(read.tree, words, base);
    const auto n = parsed.words.size();
    read.name_at.assign(n, 0);
    read.time_at.assign(n, 0);
    for (std::uint32_t t = 0; t < read.times.size(); ++t) {
        read.time_ids.push_back(static_cast<index>(out.times.size()));
        out.times.push_back(read.times[t].what);
        for (std::uint32_t k = 0; k < read.times[t].word_count; ++k)
            if (read.times[t].first_word + k < n)
                read.time_at[read.times[t].first_word + k] = t + 1;
    }
    for (std::uint32_t m = 0; m < read.names.size(); ++m) {
        const auto& match = read.names[m];
        for (std::uint32_t k = 0; k < match.count && match.first + k < n; ++k)
            if (read.time_at[match.first + k] == 0)
                read.name_at[match.first + k] = m + 1;
    }
    read.dateline_end = dateline_of(read.tree, read);
    return read;
}

/// The number of the sentence that byte `at` stands in.
std::size_t sentence_of(const record& in, std::uint32_t at) {
    const auto after = std::upper_bound(in.sentences.begin(), in.sentences.end(), at,
                                        [](std::uint32_t byte, span sentence) { return byte < sentence.begin; });
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - in.sentences.begin() - 1, 0));
}

bool is_known_place(const entity& what) {
    return what.kind == entity_kind::place && !what.base.empty() && !what.country.empty();
}

/// People and bodies whose own words name no state belong where the article happens, if most of its places and named
/// parties lie in one state: "سبعة مدنيين" in a report from Hodeidah.
void lend_country(record& out, const knowledge::base& base) {
    std::map<std::string, int> votes;
    int all = 0;
    const auto vote = [&](const std::string& country, int weight) {
        if (country.empty())
            return;
        votes[country] += weight;
        all += weight;
    };
    for (const auto& place : out.places)
        vote(out.entities[place.entity].country, 2);
    for (const auto& mention : out.mentions) // a place that no event happens at still says where one is
        vote(out.entities[mention.entity].country, is_known_place(out.entities[mention.entity]) ? 3 : 1);
    for (const auto& word : isnad::split(out.about.outlet, ' ')) // جريدة الميناء الكويتية writes of Kuwait first
        if (const auto* state = base.nisba(word))
            vote(state->country.str(), 3);
    const auto most =
        std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    const bool settled = most != votes.end() && most->second * 2 >= all && most->second >= 3;
    // The places of the sentence that first speaks of them are nearer than those of the article.
    std::vector<std::set<std::string>> states(out.sentences.size());
    for (const auto& place : out.places)
        if (const auto& country = out.entities[place.entity].country; !country.empty())
            states[sentence_of(out, place.at.begin)].insert(country);
    for (const auto& mention : out.mentions)
        if (const auto& place = out.entities[mention.entity]; is_known_place(place))
            states[sentence_of(out, mention.at.begin)].insert(place.country);
    std::vector<std::string> nearest(out.entities.size());
    std::vector<bool> seen(out.entities.size(), false);
    for (const auto& mention : out.mentions) {
        if (seen[mention.entity])
            continue;
        seen[mention.entity] = true;
        if (const auto& named = states[sentence_of(out, mention.at.begin)]; named.size() == 1)
            nearest[mention.entity] = *named.begin();
    }
    for (std::size_t i = 0; i < out.entities.size(); ++i) {
        auto& who = out.entities[i];
        const auto& country = !nearest[i].empty() ? nearest[i] : settled ? most->first : std::string();
        const bool local = who.kind == entity_kind::person || who.kind == entity_kind::group ||
                           who.kind == entity_kind::government || who.kind == entity_kind::organization ||
                           who.kind == entity_kind::other;
        if (country.empty() || !local || !who.country.empty() || !who.wikidata.empty() || who.code.starts_with("IGO") ||
            who.code.starts_with("NGO"))
            continue;
        who.country = country;
        who.code = knowledge::code_of(who.country, who.sectors);
    }
}

/// A mention of every noun phrase that names somebody or something, of every known name inside one, and of the states
/// that adjectives name: "العمال التايلنديين".
void mention_all(const std::vector<reading>& sentences, const knowledge::base& base, cast& who, const record& out) {
    for (std::uint32_t s = 0; s < sentences.size(); ++s) {
        const auto& read = sentences[s];
        word_index done = 0;
        for (word_index i = read.dateline_end; i < read.tree.size(); ++i)
            if (i >= done && read.tree.is_nominal(i) && !read.tree.is_pronoun_suffix(i) && who.mention({s, i}))
                done = who.phrase(s, i).last + 1;
    }
    std::vector<std::vector<index>> made(sentences.size());
    for (index m = 0; m < out.mentions.size(); ++m)
        made[sentence_of(out, out.mentions[m].at.begin)].push_back(m);
    for (std::uint32_t s = 0; s < sentences.size(); ++s)
        for (word_index i = sentences[s].dateline_end; i < sentences[s].tree.size(); ++i)
            if (const auto name = sentences[s].name_at[i]; name != 0 && sentences[s].names[name - 1].first == i)
                who.name_alone({s, i}, made[s]);
    for (std::uint32_t s = 0; s < sentences.size(); ++s)
        for (const auto& name : sentences[s].names)
            if (name.office != nullptr && name.owner_count > 0)
                who.owner_of_office(s, name);
    for (std::uint32_t s = 0; s < sentences.size(); ++s) {
        const auto& read = sentences[s];
        for (word_index i = read.dateline_end; i < read.tree.size(); ++i) {
            const auto* state = read.name_at[i] != 0 || read.time_at[i] != 0 ? nullptr : base.nisba(read.tree.form(i));
            const bool alone = std::ranges::any_of(
                made[s], [&](index m) { return out.mentions[m].at == read.tree.word(i).at; }); // الروس: people
            if (state != nullptr && state->id.starts_with("country/") && !alone)
                who.state_of_adjective({s, i}, *state);
        }
    }
}

void drop_unused(record& out, bool every_mention) {
    // Mentions that no event, claim or place speaks of are not reported; ids close up in text order.
    std::vector<bool> used(out.mentions.size(), every_mention);
    const auto mark = [&](const std::vector<index>& some) {
        for (const auto m : some)
            used[m] = true;
    };
    for (const auto& event : out.events) {
        mark(event.actors);
        mark(event.recipients);
    }
    for (const auto& claim : out.claims)
        mark(claim.sources);
    for (std::size_t m = 0; m < out.mentions.size(); ++m)
        for (const auto& place : out.places)
            if (place.entity == out.mentions[m].entity && place.at.contains(out.mentions[m].at))
                used[m] = true;
    std::vector<index> order;
    for (index m = 0; m < used.size(); ++m)
        if (used[m])
            order.push_back(m);
    std::stable_sort(order.begin(), order.end(),
                     [&](index a, index b) { return out.mentions[a].at < out.mentions[b].at; });
    std::vector<index> new_mention(used.size(), 0), new_entity(out.entities.size(), 0);
    std::vector<bool> entity_used(out.entities.size(), false);
    std::vector<mention> mentions;
    std::vector<entity> entities;
    for (const auto m : order) {
        new_mention[m] = static_cast<index>(mentions.size());
        mentions.push_back(out.mentions[m]);
        const auto e = out.mentions[m].entity;
        if (!entity_used[e]) {
            entity_used[e] = true;
            new_entity[e] = static_cast<index>(entities.size());
            entities.push_back(std::move(out.entities[e]));
        }
        mentions.back().entity = new_entity[e];
    }
    const auto renumber = [&](std::vector<index>& some) {
        for (auto& m : some)
            m = new_mention[m];
    };
    for (auto& event : out.events) {
        renumber(event.actors);
        renumber(event.recipients);
    }
    for (auto& claim : out.claims)
        renumber(claim.sources);
    for (auto& place : out.places)
        place.entity = new_entity[place.entity];
    out.mentions = std::move(mentions);
    out.entities = std::move(entities);
}

} // namespace

result<reader> reader::open(const std::string& data_dir) {
    auto words = lexicon::open(data_dir);
    if (!words)
        return words.failure();
    return reader(std::move(*words));
}

record reader::read(const article& about, const std::vector<nlp::sentence>& sentences, const knowledge::base& base,
                    const timex::grammar& times, extras wanted) const {
    record out;
    out.about = about;
    out.about.text.clear();
    std::vector<reading> readings;
    readings.reserve(sentences.size());
    timex::discourse before;
    auto names = base.link(about.text, sentences, knowledge::day_of(about.published));
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        out.sentences.push_back(sentences[i].at);
        readings.push_back(
            read_of(sentences[i], std::move(names[i]), about.text, about.published, words_, times, before, base, out));
    }
    cast who(about.text, readings, words_, base, out);
    claim_finder claims(about.text, readings, words_, base, who, out);
    const auto claim_readings = claims.find();
    date_claims(about.text, times, claim_readings, readings, out);
    read_places(readings, words_, base, who, out);
    deed_finder deeds(about.text, readings, words_, base, who, claims, claim_readings, out);
    deeds.find(wanted.candidates, wanted.explain);
    if (wanted.every_mention)
        mention_all(readings, base, who, out);
    lend_country(out, base);
    drop_unused(out, wanted.every_mention);
    return out;
}

} // namespace isnad::events
