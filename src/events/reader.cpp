#include "events/reader.hpp"

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "events/claim_times.hpp"
#include "events/deeds.hpp"
#include "events/places.hpp"
#include "events/verb_forms.hpp"

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
                                      tree.word(k).tag == upos::other || tree.word(k).tag == upos::noun ||
                                      tree.word(k).tag == upos::adj);
                if (plain && j < end + 8)
                    end = j + 1;
            }
        return end;
    }
    return 0;
}

/// صادر خفر السواحل: where a clause begins, a bare word before a nominal is a verb if the lexicon has it for one alone;
/// so is a noun that has its subject behind it: تجمع أكثر من مليون متظاهر.
bool opens_clause(const syntax& tree, word_index i, const lexicon& words) {
    const auto tag = tree.word(i).tag;
    if (const auto subject = tree.child(i, {"nsubj"}); tag == upos::noun && subject != no_word && subject == i + 1 &&
                                                       !tree.form(i).starts_with("ال") && tree.preposition(i).empty() &&
                                                       tree.relation(i, {"root", "parataxis", "ccomp", "conj"}))
        return true;
    if ((tag != upos::noun && tag != upos::adj) || i + 1 >= tree.size() || words.noun_frames(tree.key(i)) != nullptr ||
        words.noun_frames(tree.form(i)) != nullptr || tree.form(i).starts_with("ال") || tree.form(i).ends_with("ا"))
        return false;
    const bool begins =
        i == 0 || tree.word(i - 1).tag == upos::cconj || (tree.is_punct(i - 1) && !tree.is_quote(i - 1));
    const auto next = tree.word(i + 1).tag;
    const bool joins_words = i > 1 && tree.word(i - 1).tag == upos::cconj && !tree.is_punct(i - 2);
    return begins && !joins_words && (next == upos::noun || next == upos::propn || next == upos::other);
}

/// Perfects of the derived forms with a connective alif (اغتال, اختطف, استهدف), whose nouns are spelled otherwise.
bool is_derived_perfect(const syntax& tree, word_index i, const lexicon& words) {
    const auto& form = tree.form(i);
    return tree.word(i).tag == upos::noun && form.starts_with("ا") && !form.starts_with("ال") &&
           utf8::length(form) >= 5 && words.noun_frames(form) == nullptr;
}

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

/// Verbs whose lemma the language core spells otherwise than the dictionary or takes for another's (تظاهر for a form of
/// ظاهر), first persons, of which the treebank it learned from has few, and verbs that it takes for nouns, names or
/// unknown words: the first lemma of the form that has a frame or cue.
void mend_verbs(syntax& tree, const lexicon& words) {
    const auto known = [&](const std::string& key) {
        return words.verb_frames(key) != nullptr || words.verb_cue(key) != nullptr ||
               words.scope(key, scope_kind::verb) != nullptr || words.light(key) != nullptr;
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
        const bool verb = word.tag == upos::verb;
        const bool derived = !verb && is_derived_perfect(tree, i, words);
        const bool opens = derived || (!verb && opens_clause(tree, i, words));
        if (!(verb ? !known(tree.key(i)) : opens || (word.tag == upos::other && word.name == "O")))
            continue;
        for (auto& lemma : opens ? lemmas_of_perfect(tree.form(i)) : possible_lemmas(tree.form(i)))
            // أثار is no "I" of ثار, unless the tagger says so: an alef begins most derived perfects.
            if (const bool mine = lemma.first_person && tree.form(i).starts_with("ا");
                known(lemma.key) && !(mine && verb && !tree.is_first_person(i))) {
                tree.mend(i, std::move(lemma.key), lemma.first_person || (verb && tree.is_first_person(i)));
                if (const auto& form = tree.form(i); derived && form.find("ي") + 4 == form.size())
                    tree.mend_voice(i, true); // اغتيل
                break;
            }
    }
}

/// A phrase that names the doer of a passive, behind verb i in its clause: اختطفا من منزليهما على يد مسلحين.
bool names_agent(const syntax& tree, word_index i, const lexicon& words) {
    for (word_index at = i + 1; at + 1 < tree.size() && at < i + 12; ++at) {
        if (tree.is_punct(at) || tree.is_verb(at))
            return false;
        if (words.serves("agent", tree.form(at) + ' ' + tree.form(at + 1)) && tree.clause_verb(at) == i)
            return true;
    }
    return false;
}

/// Unvocalised قتل is active or passive. A verb with a subject and a bare object besides is active, unless it is one
/// that takes two objects (منح الوزير جائزة); one without object whose doer a phrase names is passive.
void mend_voices(syntax& tree, const lexicon& words) {
    for (word_index i = 0; i < tree.size(); ++i) {
        if (!tree.is_verb(i) || words.in_class("two_objects", tree.key(i)))
            continue;
        const auto own = tree.verb_arguments(i);
        if (!tree.is_passive(i)) {
            if (own.object == no_word && names_agent(tree, i, words))
                tree.mend_voice(i, true);
            continue;
        }
        if (own.object == no_word || tree.relation(own.object, {"nsubj"}))
            continue;
        const auto up = tree.head(i);
        const bool lent = up != no_word && tree.key(up) == "كان" && tree.verb_arguments(up).subject != no_word;
        if (own.subject != no_word || lent || tree.is_pronoun_suffix(own.object))
            tree.mend_voice(i, false);
    }
}

/// دعت القائد إلى الحوار, يطالب الحكومة بالاستقالة: a lone nominal whose gender is not the verb's is its object. Only a
/// noun of people or bodies tells of a masculine, only ة right behind the verb of a feminine.
void mend_objects(syntax& tree, const lexicon& words, const knowledge::base& base) {
    for (word_index i = 0; i + 1 < tree.size(); ++i) {
        if (tree.word(i).tag != upos::verb || tree.is_passive(i) ||
            (words.verb_frames(tree.key(i)) == nullptr && words.verb_cue(tree.key(i)) == nullptr))
            continue;
        const auto subject = tree.verb_arguments(i).subject;
        if (subject == no_word || subject < i || tree.verb_arguments(i).object != no_word ||
            tree.word(subject).tag != upos::noun || nlp::feature(tree.word(subject).feats, "Number") != "Sing")
            continue;
        const auto sex = nlp::feature(tree.word(i).feats, "Gender");
        const bool feminine = tree.word(subject).form.ends_with("ة");
        const auto* role = base.head(tree.key(subject));
        const bool man =
            role != nullptr && role->kind != entity_kind::place && !feminine && tree.form(subject).starts_with("ال");
        if ((sex == "Fem" && man) || (sex == "Masc" && feminine && subject == i + 1))
            tree.mend_object(subject);
    }
}

/// نحو, زهاء, حوالى before a number make it approximate and are no prepositions.
void mend_cases(syntax& tree, const lexicon& words) {
    for (word_index i = 0; i < tree.size(); ++i)
        if (tree.word(i).tag == nlp::upos::num || words.number_word(tree.key(i)) != nullptr)
            if (const auto preposition = tree.preposition(i); words.approximates(preposition))
                tree.mend_case(i);
}

reading read_of(const nlp::sentence& parsed, std::vector<knowledge::match> names, std::string_view text,
                const std::string& published, const lexicon& words, const timex::grammar& times,
                timex::discourse& before, const knowledge::base& base, record& out) {
    reading read{syntax(parsed), std::move(names), times.find(text, parsed, published, before), {}, {}, {}, 0};
    mend_verbs(read.tree, words);
    mend_cases(read.tree, words);
    mend_voices(read.tree, words);
    mend_objects(read.tree, words, base);
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
