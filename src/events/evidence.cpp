// What speaks for and against a deed, and whether that is enough to report it. The weights are learned
// (training/evidence.py) and stand in data/events/evidence.tsv; the features are made here.
#include "events/deeds.hpp"
#include "record/names.hpp"

#include <algorithm>
#include <map>

namespace isnad::events {

using nlp::upos;

namespace {

std::string number_up_to(std::size_t n, std::size_t most) {
    return n >= most ? std::to_string(most) + "+" : std::to_string(n);
}

std::string_view relation_of(const syntax& tree, word_index i) {
    const std::string_view whole = tree.word(i).deprel;
    return whole.substr(0, whole.find(':'));
}

} // namespace

void deed_finder::weigh_sense(deed& made, const sense_reading& sense, std::size_t senses, const arguments& args) const {
    auto& out = made.evidence;
    const auto& tree = sentences_[made.trigger.sentence].tree;
    const std::string key = tree.key(made.trigger.word);
    std::size_t barred = 0, asked = 0;
    for (const auto* one : sense.unmet) {
        const bool open = one->slot == "any" || one->slot == "amod";
        const bool named = one->slot == "subj" || one->slot == "obj" || one->slot == "gen" || open;
        const std::string slot = named ? one->slot : "prep";
        barred += one->negated ? 1 : 0;
        out.push_back((one->negated ? "barred=" : "unmet=") + slot +
                      (one->negated || open ? ""
                       : filled(*one, args) ? " other"
                                            : " none"));
    }
    for (const auto& one : sense.sense->when)
        asked += one.negated ? 0 : 1;
    const auto unmet = sense.unmet.size() - barred;
    out.push_back("senses=" + number_up_to(senses, 4));
    out.push_back("asked=" + number_up_to(asked, 3) + " unmet=" + number_up_to(unmet, 2));
    if (unmet > 0)
        out.push_back("unmet of senses=" + number_up_to(senses, 4));
    const std::string type(name(sense.sense->type));
    out.push_back("type=" + type);
    out.push_back("lemma=" + key + " " + type + (sense.unmet.empty() ? "" : " unmet"));
    out.push_back("frame=" + sense.sense->id + (sense.unmet.empty() ? "" : " unmet"));
    if (barred > 0)
        out.push_back("barred=" + key);
    std::size_t fitting = 0;
    for (const auto& [preposition, nominal] : args.phrases)
        for (const auto& [wanted, what] : sense.sense->prepositions)
            fitting += preposition == wanted ? 1 : 0;
    out.push_back("phrases=" + number_up_to(fitting, 2));
}

void deed_finder::weigh_word(deed& made, const arguments& args) const {
    auto& out = made.evidence;
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    const auto i = made.trigger.word;
    const bool verb = tree.is_verb(i);
    if (verb && tree.word(i).tag != upos::verb)
        out.emplace_back("taken for a verb");
    const std::string kind = verb                              ? "verb"
                             : tree.word(i).tag == upos::adj   ? "adj"
                             : tree.word(i).tag == upos::other ? "x"
                                                               : "noun";
    const std::string shape = verb                               ? (tree.is_passive(i) ? "passive" : "active")
                              : tree.form(i).starts_with("ال")   ? "definite"
                              : args.suffix != no_word           ? "suffix"
                              : args.genitive != no_word         ? "genitive"
                              : tree.word(i).form.ends_with("ا") ? "accusative"
                                                                 : "bare";
    out.push_back("word=" + kind + " " + shape);
    out.push_back("relation=" + kind + " " + std::string(relation_of(tree, i)));
    out.push_back("margin=" + std::to_string(static_cast<int>(4 * tree.word(i).margin)));
    if (made.carrier != no_word)
        out.push_back("carried");
    const auto around = claims_.around(s, tree.word(i).at.begin);
    out.push_back(!around ? "voice=outlet"
                          : "voice=claim" + std::string(claim_readings_[*around].content_head == i ? " head" : ""));
    if (around && claim_readings_[*around].content_head == i)
        out.push_back("head of=" + std::string(name(out_.claims[*around].stance)));
    if (claims_.at_cue(made.trigger))
        out.push_back("cue");
    const auto up = counted_by(tree, i);
    if (up == no_word) {
        out.push_back("under=root");
    } else {
        const std::string governor = tree.is_verb(up) ? "verb" : "noun";
        const bool deed =
            (tree.is_verb(up) ? words_.verb_frames(tree.key(up)) : words_.noun_frames(tree.key(up))) != nullptr;
        const bool scope =
            words_.scope(tree.key(up), tree.is_verb(up) ? scope_kind::verb : scope_kind::noun) != nullptr;
        out.push_back("under=" + governor + (scope ? " of scope" : "") + (deed ? " of deed" : ""));
    }
    if (!verb) {
        const auto preposition = tree.preposition(i);
        out.push_back("after=" + (preposition.empty() ? "-" : preposition));
        for (const auto c : tree.children(i)) {
            if (c > i && tree.word(c).tag == upos::adj)
                out.push_back("adjective");
            if (tree.relation(c, {"acl"}) && tree.is_verb(c))
                out.push_back("relative clause");
            if (tree.word(c).tag == upos::det)
                out.push_back("demonstrative");
            if (tree.word(c).tag == upos::num || words_.number_word(tree.key(c)) != nullptr)
                out.push_back("counted");
        }
    }
    if (s == 0)
        out.push_back("first sentence");
    bool timed = false;
    for (word_index w = i > 6 ? i - 6 : 0; w < tree.size() && w < i + 10; ++w)
        timed = timed || sentences_[s].time_at[w] != 0;
    if (timed)
        out.push_back("time near");
    out.push_back("status=" + std::string(name(made.event.status)));
}

void deed_finder::weigh_parties(deed& made) const {
    const auto describe = [&](const char* what, const std::vector<index>& who) {
        if (who.empty()) {
            made.evidence.push_back(std::string(what) + "=none");
            return;
        }
        const auto& mention = out_.mentions[who.front()];
        const auto& entity = out_.entities[mention.entity];
        made.evidence.push_back(std::string(what) + "=" + std::string(name(entity.kind)));
        made.evidence.push_back(std::string(what) + " as=" + std::string(name(mention.kind)) +
                                (entity.country.empty() ? "" : " of a state"));
    };
    describe("actor", made.event.actors);
    describe("recipient", made.event.recipients);
    made.evidence.emplace_back(made.plain ? "plain" : "doubted");
    made.evidence.push_back(std::string("parties=") + (made.event.actors.empty() ? "-" : "a") +
                            (made.event.recipients.empty() ? "-" : "r") + (made.plain ? "" : " doubted"));
    if (!made.event.toll.empty())
        made.evidence.push_back("toll");
}

void deed_finder::weigh_company(std::vector<deed>& all) const {
    // What an article tells of elsewhere: a word that may mean war means it among other words of war.
    std::map<event_type, std::size_t> types;
    std::map<std::string, std::size_t> contexts;
    std::size_t plain = 0;
    for (const auto& made : all) {
        if (!made.plain)
            continue;
        ++plain;
        ++types[made.sense->type];
        for (const auto& context : made.sense->contexts)
            ++contexts[context];
    }
    for (std::size_t n = 0; n < all.size(); ++n) {
        auto& made = all[n];
        const std::size_t own = made.plain ? 1 : 0;
        made.evidence.push_back("company=" + number_up_to(types[made.sense->type] - own, 4) +
                                (made.plain ? "" : " doubted"));
        for (const auto& context : made.sense->contexts) {
            const auto others = static_cast<double>(contexts[context] - own);
            const auto share = others / static_cast<double>(std::max<std::size_t>(plain - own, 1));
            made.evidence.push_back("context share=" + std::to_string(static_cast<int>(4 * share)));
        }
        std::size_t beside = 0;
        for (std::size_t k = n; k-- > 0 && all[k].trigger.sentence == made.trigger.sentence;)
            beside += all[k].plain && all[k].sense->type == made.sense->type ? 1 : 0;
        if (beside > 0)
            made.evidence.push_back(made.plain ? "beside its like" : "beside its like, doubted");
        if (made.joined)
            made.evidence.emplace_back("joined by another word");
    }
}

void deed_finder::judge() {
    weigh_company(deeds_);
    std::vector<deed> kept;
    for (auto& made : deeds_) {
        made.event.confidence = words_.confidence(made.evidence);
        const bool enough = made.event.confidence >= words_.least_confidence();
        set_aside(made, enough ? "" : "too little speaks for it");
        if (!enough)
            note_too_little(made);
        if (enough)
            kept.push_back(std::move(made));
    }
    deeds_ = std::move(kept);
}

void deed_finder::set_aside(const deed& made, std::string fate) {
    if (keep_candidates_)
        out_.candidates.push_back({made.event.trigger, made.event.trigger_lemma, made.sense->id, made.sense->type,
                                   made.evidence, made.event.confidence, std::move(fate)});
}

} // namespace isnad::events
