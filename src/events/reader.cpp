#include "events/reader.hpp"

#include "base/table.hpp"
#include "events/claim_times.hpp"
#include "events/deeds.hpp"
#include "events/places.hpp"

#include <algorithm>
#include <map>
#include <optional>
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
                                      tree.word(k).tag == upos::other || tree.word(k).tag == upos::noun);
                if (plain && j < end + 8)
                    end = j + 1;
            }
        return end;
    }
    return 0;
}

/// The imperfect of the first person plural as the lemma it belongs to: نرفض → رفض, نعلن → اعلن, نؤكد → اكد, ندعو →
/// دعا.
std::optional<std::string> lemma_of_first_person(std::string_view folded, const lexicon& words) {
    constexpr std::string_view nun = "ن", waw = "و", alef = "ا", ya = "ي";
    if (!folded.starts_with(nun) || folded.size() < 4 * alef.size())
        return std::nullopt;
    const std::string rest(folded.substr(nun.size()));
    std::vector<std::string> tries = {rest, std::string(alef) + rest};
    if (rest.starts_with(waw)) // the hamza's seat: نؤكد
        tries.push_back(std::string(alef) + rest.substr(waw.size()));
    if (rest.ends_with(waw) || rest.ends_with(ya)) { // a weak last letter: ندعو, ننفي
        const auto stem = rest.substr(0, rest.size() - waw.size());
        tries.push_back(stem + std::string(alef));
        tries.push_back(stem + std::string(ya));
    }
    for (const auto middle : {waw, ya}) // a weak middle letter: نقول, نعيد
        if (rest.size() == 3 * alef.size() && rest.substr(alef.size(), alef.size()) == middle)
            tries.push_back(rest.substr(0, alef.size()) + std::string(alef) + rest.substr(2 * alef.size()));
    for (const auto& key : tries)
        if (words.verb_frames(key) != nullptr || words.verb_cue(key) != nullptr)
            return key;
    return std::nullopt;
}

/// Lemmas that the language core spells otherwise than the dictionary, and first persons that it does not know: the
/// treebank it learned from has few.
/// The key of a verb of saying that word i is by its letters and its place: at the head of a sentence or behind "، و",
/// before a noun, with its clause or colon in sight: وألمح الرئيس إلى أن …, روى شاهد أن …, صاح الرجل: ….
std::optional<std::string> verb_at_clause_head(const syntax& tree, word_index i, const lexicon& words) {
    const auto tag = tree.word(i).tag;
    if (tag == upos::verb || tag == upos::punct || tag == upos::cconj || tree.word(i).name != "O")
        return std::nullopt;
    const bool joined = i > 0 && tree.word(i - 1).tag == upos::cconj;
    const auto head = joined ? i - 1 : i;
    if (head != 0 && !(joined && tree.is_punct(head - 1)))
        return std::nullopt;
    constexpr std::string_view fem = "ت";
    std::string key = tree.form(i);
    if (words.verb_cue(key) == nullptr && key.ends_with(fem))
        key.resize(key.size() - fem.size());
    const auto* what = words.verb_cue(key);
    if (what == nullptr || i + 2 >= tree.size())
        return std::nullopt;
    const bool subject = tree.is_nominal(i + 1) || tree.is_quote(i + 1);
    for (word_index w = i + 1; w < tree.size() && w < i + 9; ++w) {
        if (tree.is_complementizer(w) && (subject || w <= i + 3))
            return key;
        if (tree.word(w).form == ":" &&
            std::find(what->complements.begin(), what->complements.end(), "quote") != what->complements.end())
            return key;
        if (tree.is_verb(w) || (tree.is_punct(w) && !tree.is_quote(w)))
            break;
    }
    // حرض الخطيب الشبان على …: a sentence without another verb, whose first word is no masdar
    if (subject && tree.form(i + 1).starts_with("ال") && words.noun_cue(tree.form(i)) == nullptr &&
        words.noun_frames(tree.form(i)) == nullptr) {
        bool complement = false, verb = false;
        for (word_index w = i + 1; w < tree.size(); ++w) {
            verb = verb || tree.is_verb(w);
            complement = complement || (w < i + 8 && tree.word(w).tag == upos::adp &&
                                        std::find(what->complements.begin(), what->complements.end(), tree.form(w)) !=
                                            what->complements.end());
        }
        if (complement && !verb)
            return key;
    }
    // نادى المشاركون بإسقاط …: the treebank's X is a word that its makers' dictionary lacked
    if (tag == upos::other && subject && tree.form(i + 1).starts_with("ال"))
        return key;
    return std::nullopt;
}

void mend_verbs(syntax& tree, const lexicon& words) {
    const auto known = [&](const std::string& key) {
        return words.verb_frames(key) != nullptr || words.verb_cue(key) != nullptr;
    };
    for (word_index i = 0; i < tree.size(); ++i) {
        const auto& word = tree.word(i);
        // ونقل موقع … عن …: a verb with its subject at the head of the sentence, taken for the noun of the same letters
        if (word.tag == upos::noun && i < 3 && tree.relation(i, {"root", "parataxis"}) && tree.form(i) == tree.key(i) &&
            words.verb_cue(tree.key(i)) != nullptr && i + 1 < tree.size() && tree.child(i, {"nsubj"}) != no_word &&
            tree.child(i, {"nsubj"}) > i) {
            tree.mend(i, tree.key(i), false);
            continue;
        }
        if (auto lemma = verb_at_clause_head(tree, i, words)) {
            tree.mend(i, std::move(*lemma), false);
            continue;
        }
        if (word.tag != upos::verb && word.tag != upos::other)
            continue;
        const auto key = tree.key(i);
        if (known(key) && word.tag == upos::verb)
            continue;
        constexpr std::string_view alef = "ا", fem = "ت", waw_alef = "وا";
        if (word.tag == upos::verb) { // a lemma left as its form: سربت → سرب
            bool mended = false;
            for (const auto ending : {fem, waw_alef})
                if (!mended && key == tree.form(i) && key.ends_with(ending) &&
                    known(key.substr(0, key.size() - ending.size()))) {
                    tree.mend(i, key.substr(0, key.size() - ending.size()), false);
                    mended = true;
                }
            if (mended)
                continue;
        }
        if (word.tag == upos::verb && key.ends_with(alef)) { // نفت → نفا for نفى
            auto other = key.substr(0, key.size() - alef.size()) + "ي";
            if (known(other)) {
                tree.mend(i, std::move(other), tree.is_first_person(i));
                continue;
            }
        }
        if (word.tag == upos::verb ? tree.is_first_person(i) : word.name == "O")
            if (auto lemma = lemma_of_first_person(tree.form(i), words))
                tree.mend(i, std::move(*lemma), true);
    }
}

reading read_of(const nlp::sentence& parsed, std::vector<knowledge::match> names, std::string_view text,
                const std::string& published, const lexicon& words, const timex::grammar& times,
                timex::discourse& before, record& out) {
    reading read{syntax(parsed), std::move(names), times.find(text, parsed, published, before), {}, {}, {}, 0};
    mend_verbs(read.tree, words);
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
    for (const auto& mention : out.mentions)
        vote(out.entities[mention.entity].country, 1);
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
                           who.kind == entity_kind::government || who.kind == entity_kind::organization;
        if (country.empty() || !local || !who.country.empty() || !who.wikidata.empty() || who.code.starts_with("IGO") ||
            who.code.starts_with("NGO"))
            continue;
        who.country = country;
        who.code = knowledge::code_of(who.country, who.sectors);
    }
}

/// A mention of every noun phrase that names somebody or something, and of every known name inside one.
void mention_all(const std::vector<reading>& sentences, cast& who, const record& out) {
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
                    const timex::grammar& times, bool every_mention) const {
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
            read_of(sentences[i], std::move(names[i]), about.text, about.published, words_, times, before, out));
    }
    cast who(about.text, readings, words_, base, out);
    claim_finder claims(about.text, readings, words_, base, who, out);
    const auto claim_readings = claims.find();
    date_claims(about.text, times, claim_readings, readings, out);
    read_places(readings, words_, who, out);
    deed_finder deeds(about.text, readings, words_, base, who, claims, claim_readings, out);
    deeds.find();
    if (every_mention)
        mention_all(readings, who, out);
    lend_country(out, base);
    drop_unused(out, every_mention);
    return out;
}

} // namespace isnad::events
