// One happening, one event: what only refers back, act and outcome, two words for one meeting.
#include "events/deeds.hpp"

#include <algorithm>
#include <map>

namespace isnad::events {

using nlp::upos;

std::string_view deed_finder::only_refers_back(const deed& made, const arguments& args) const {
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    const auto i = made.trigger.word;
    if (tree.is_verb(i))
        return {};
    // The name of a body or person is no deed (وزارة الدفاع, مجلس التعاون), nor is part of a fixed name.
    const auto up = tree.head(i);
    if (up != no_word && up < i && !tree.is_verb(up) && base_.head(tree.key(up)) != nullptr &&
        tree.preposition(i).empty() && tree.relation(i, {"nmod"}) && args.suffix == no_word)
        return "part of a name";
    // أعلن حالة الطوارئ, اندلعت أعمال شغب: in the place of the noun that brings it about.
    const bool brought = up != no_word && up < i && tree.relation(i, {"nmod"}) && tree.preposition(i).empty() &&
                         words_.in_class("carrier_noun", tree.key(up));
    const auto stands = brought ? up : i;
    bool alone = args.genitive == no_word && args.suffix == no_word && args.object == no_word;
    for (const auto c : tree.children(i)) // التفجير الذي استهدف المسجد: told here, not before
        alone = alone && !(c > i && tree.relation(c, {"acl"}) && tree.is_verb(c));
    const bool definite = tree.form(i).starts_with("ال");
    bool demonstrative = false;
    for (const auto c : tree.children(i))
        demonstrative |= tree.word(c).tag == upos::det;
    if (made.carrier != no_word && !demonstrative)
        return {};
    // طالبت بالإفراج عنه: what is asked or denied is no mere mention; what is condemned was told before.
    if (const auto around = claims_.around(s, tree.word(i).at.begin);
        around && claim_readings_[*around].content_head == i && !demonstrative &&
        out_.claims[*around].stance != stance::accuse)
        return {};
    if (!definite && !demonstrative) {
        // A bare indefinite noun without any argument says that something exists, not that it happened, unless it is
        // what a verb speaks of.
        const bool argument =
            alone && args.phrases.empty() && !tree.relation(stands, {"nsubj", "obj", "root", "ccomp", "xcomp"});
        if (!argument || made.sense->outcome)
            return {};
        for (const auto c : tree.children(i))
            if (tree.word(c).tag == upos::adj)
                return {};
        return "bare and indefinite";
    }
    // الهجوم، هذا اللقاء: said before in this article?
    const bool said_before = std::any_of(deeds_.begin(), deeds_.end(), [&](const deed& earlier) {
        return earlier.plain && earlier.sense->type == made.sense->type;
    });
    const bool told_more = std::any_of(args.phrases.begin(), args.phrases.end(), [&](const auto& phrase) {
        return std::any_of(made.sense->prepositions.begin(), made.sense->prepositions.end(),
                           [&](const auto& p) { return p.first == phrase.first; });
    });
    if (said_before && alone && !told_more)
        return "told before";
    return alone && args.phrases.empty() && !tree.relation(stands, {"nsubj", "obj"}) ? "definite alone"
                                                                                     : std::string_view();
}

word_index deed_finder::counted_by(const syntax& tree, word_index i) const {
    // شنت عشر غارات: the numeral stands between the deed and what governs it.
    auto up = tree.head(i);
    while (up != no_word && up < i && (tree.word(up).tag == upos::num || words_.number_word(tree.key(up)) != nullptr))
        up = tree.head(up);
    return up;
}

bool deed_finder::is_deed(place_in_text at) const {
    return std::any_of(deeds_.begin(), deeds_.end(),
                       [&](const deed& other) { return other.plain && other.trigger == at; });
}

std::string_view deed_finder::says_too_little(const deed& made) const {
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    const auto i = made.trigger.word;
    if (tree.is_verb(i) || made.carrier != no_word || !made.event.actors.empty() || !made.event.recipients.empty() ||
        !made.event.toll.empty())
        return {};
    const auto up = counted_by(tree, i);
    if (up == no_word)
        return {};
    // احتجاجا على, ردا على: why something is done, not a second deed.
    if (tree.form(i).ends_with("ا") && !tree.form(i).starts_with("ال") && tree.relation(i, {"obl", "advmod", "nmod"}))
        return "a reason";
    // تمديد اتفاق الصيد, ملف المفاوضات: the deed is only what another noun is about.
    if (!tree.is_verb(up) && tree.relation(i, {"nmod", "obj", "obl"}) &&
        words_.scope(tree.key(up), scope_kind::noun) == nullptr && !is_deed({s, up}) && tree.preposition(i).empty() &&
        !words_.in_class("carrier_noun", tree.key(up)))
        return "another noun's matter";
    // وقع اتفاقا, قدم منحة: the object names what the verb's own deed is about.
    for (const auto& other : deeds_)
        if (other.plain && other.trigger == place_in_text{s, up} && tree.relation(i, {"obj"}) &&
            other.sense->object == role::theme && !other.sense->claims)
            return "the object of its verb's deed";
    return {};
}

namespace {

bool shares_party(const std::vector<index>& a, const std::vector<index>& b, const cast& who) {
    return std::any_of(a.begin(), a.end(), [&](index x) {
        return std::any_of(b.begin(), b.end(), [&](index y) { return who.entity_of(x) == who.entity_of(y); });
    });
}

void join(std::vector<index>& into, const std::vector<index>& from, const std::vector<index>& barred, const cast& who) {
    for (const auto m : from) {
        const auto same = [&](index other) { return who.entity_of(other) == who.entity_of(m); };
        if (std::none_of(into.begin(), into.end(), same) && std::none_of(barred.begin(), barred.end(), same))
            into.push_back(m);
    }
}

void join(std::optional<isnad::count>& into, const std::optional<isnad::count>& from) {
    if (!into)
        into = from;
}

} // namespace

void deed_finder::merge() {
    std::vector<bool> gone(deeds_.size(), false);
    for (std::size_t b = 0; b < deeds_.size(); ++b) {
        std::size_t from = b; // the first deed of the same sentence
        while (from > 0 && deeds_[from - 1].trigger.sentence == deeds_[b].trigger.sentence)
            --from;
        for (std::size_t a = from; a < b && !gone[b]; ++a) {
            if (gone[a])
                continue;
            auto& first = deeds_[a];
            auto& later = deeds_[b];
            if (!first.plain || first.sense->type != later.sense->type ||
                claims_.around(first.trigger.sentence, first.event.trigger.begin) !=
                    claims_.around(later.trigger.sentence, later.event.trigger.begin))
                continue;
            const auto& tree = sentences_[first.trigger.sentence].tree;
            const bool near = later.trigger.word < first.trigger.word + 25;
            const bool outcome = (first.sense->outcome != later.sense->outcome ||
                                  (first.sense->outcome && first.sense->toll != later.sense->toll)) &&
                                 near && first.event.status == later.event.status;
            const bool same_parties = shares_party(first.event.actors, later.event.actors, cast_) &&
                                      (later.event.recipients.empty() || first.event.recipients.empty() ||
                                       shares_party(first.event.recipients, later.event.recipients, cast_));
            const bool governed = tree.descends(later.trigger.word, first.trigger.word) &&
                                  tree.relation(later.trigger.word, {"conj", "obl", "nmod", "advcl"});
            const bool talks = first.sense->type == event_type::consult &&
                               (same_parties || (governed && later.event.actors.empty())) &&
                               first.event.status == later.event.status && !(later.sense->visit || later.event.time);
            const bool aim = first.sense->type == event_type::consult && governed &&
                             later.event.status == event_status::planned && later.carrier == no_word &&
                             tree.preposition(later.trigger.word) == "ل";
            const bool relative = tree.relation(later.trigger.word, {"acl"}) &&
                                  tree.head(later.trigger.word) == first.trigger.word; // قصف استهدف المطار
            const bool double_word = later.sense == first.sense && governed && same_parties;
            const std::string_view rule = outcome       ? "is told as one happening, an act and its outcome, with "
                                          : talks       ? "is told as one happening, two words for one meeting, with "
                                          : aim         ? "is told as one happening, the aim of a meeting, with "
                                          : double_word ? "is told as one happening, the same sense again, with "
                                          : relative    ? "is told as one happening, a relative clause, with "
                                                        : "";
            if (rule.empty())
                continue;
            pass_over(later.trigger, rule, tree.word(first.trigger.word).form);
            if (!first.event.carrier)
                first.event.carrier = later.event.carrier;
            if (later.plain)
                first.event.frames.insert(first.event.frames.end(), later.event.frames.begin(),
                                          later.event.frames.end());
            if (!aim && later.plain) {
                join(first.event.actors, later.event.actors, first.event.recipients, cast_);
                join(first.event.recipients, later.event.recipients, first.event.actors, cast_);
                join(first.event.toll.killed, later.event.toll.killed);
                join(first.event.toll.wounded, later.event.toll.wounded);
                join(first.event.toll.arrested, later.event.toll.arrested);
                join(first.event.toll.missing, later.event.toll.missing);
                join(first.event.toll.displaced, later.event.toll.displaced);
            }
            if (first.event.mode.empty() && later.plain) {
                first.event.mode = later.event.mode;
                if (!later.event.mode.empty())
                    first.event.cameo = later.event.cameo;
            }
            if (!first.event.theme && !outcome) {
                word_index last = tree.high(later.trigger.word);
                while (last > later.trigger.word && tree.is_punct(last))
                    --last;
                first.event.theme = later.event.theme
                                        ? *later.event.theme
                                        : span{tree.word(later.trigger.word).at.begin, tree.word(last).at.end};
            }
            first.event.why.push_back("one happening with " + tree.word(later.trigger.word).form);
            if (later.plain)
                first.joined = true;
            set_aside(later, "one happening with " + tree.word(first.trigger.word).form);
            gone[b] = true;
        }
    }
    std::vector<deed> kept;
    for (std::size_t i = 0; i < deeds_.size(); ++i)
        if (!gone[i])
            kept.push_back(std::move(deeds_[i]));
    deeds_ = std::move(kept);
}

void deed_finder::share_circumstances() {
    // سلّم الرسالة خلال لقائه … في موسكو في 26 سبتمبر: what happens during another deed has its day and place.
    for (std::size_t i = 0; i < deeds_.size(); ++i) {
        const auto& inner = deeds_[i];
        const auto& tree = sentences_[inner.trigger.sentence].tree;
        const auto preposition = tree.preposition(inner.trigger.word);
        const auto clause = tree.clause_verb(inner.trigger.word);
        if (tree.is_verb(inner.trigger.word) || clause == no_word || !words_.serves("during", preposition))
            continue;
        std::size_t from = i; // the deeds of this sentence
        while (from > 0 && deeds_[from - 1].trigger.sentence == inner.trigger.sentence)
            --from;
        for (auto k = from; k < deeds_.size() && deeds_[k].trigger.sentence == inner.trigger.sentence; ++k) {
            auto& outer = deeds_[k];
            if (k == i || outer.sense->claims || (outer.trigger.word != clause && outer.carrier != clause))
                continue;
            if (!outer.event.time)
                outer.event.time = inner.event.time;
            if (!outer.event.place)
                outer.event.place = inner.event.place;
        }
    }
}

void deed_finder::mode_by_content() {
    // دعا الطرفين إلى الحوار: what is asked for says what kind of asking it is.
    std::map<index, const deed*> first_in; // the first deed of each claim's content
    for (const auto& made : deeds_)
        if (!made.event.chain.empty()) {
            auto& first = first_in[made.event.chain.front()];
            if (first == nullptr || made.event.trigger < first->event.trigger)
                first = &made;
        }
    for (auto& made : deeds_) {
        const auto own = claims_.at_cue(made.trigger);
        if (!made.sense->claims || !own)
            continue;
        const auto what = first_in.find(*own);
        if (what == first_in.end())
            continue;
        if (const auto* row =
                words_.mode_of_asking(made.event.type, what->second->event.type, what->second->event.mode)) {
            made.event.mode = row->mode;
            made.event.cameo = row->cameo;
            made.event.why.push_back("mode: what it asks is " + what->second->event.trigger_lemma);
        }
    }
}

void deed_finder::write() {
    for (auto& made : deeds_) {
        read_time(made);
        read_place(made);
    }
    share_circumstances();
    for (auto& made : deeds_)
        // A claim on the same word stands around its content, not around the word: the chain is what holds the word.
        for (auto at = claims_.around(made.trigger.sentence, made.event.trigger.begin); at;
             at = out_.claims[*at].parent) {
            if (std::find(made.event.chain.begin(), made.event.chain.end(), *at) != made.event.chain.end())
                break;
            made.event.chain.push_back(*at);
        }
    mode_by_content();
    for (auto& made : deeds_) {
        auto& event = made.event;
        // Two parties on one side of a mutual deed: who is named first stands for the initiator.
        if (made.sense->symmetric && event.actors.empty() && event.recipients.size() > 1) {
            event.actors.push_back(event.recipients.front());
            event.recipients.erase(event.recipients.begin());
        } else if (made.sense->symmetric && event.recipients.empty() && event.actors.size() > 1) {
            event.recipients.assign(event.actors.begin() + 1, event.actors.end());
            event.actors.resize(1);
        }
        // What is dated after the day of publication has not happened yet, unless the verb says that it has.
        const auto& tree = sentences_[made.trigger.sentence].tree;
        const bool told = tree.is_verb(made.trigger.word) && tree.is_perfect(made.trigger.word);
        if (event.status == event_status::occurred && !told && event.time && !out_.about.published.empty() &&
            out_.times[*event.time].first > out_.about.published.substr(0, 10)) {
            event.status = event_status::planned;
            event.why.push_back("status: dated after publication");
        }
        out_.events.push_back(std::move(event));
    }
    std::stable_sort(out_.events.begin(), out_.events.end(),
                     [](const auto& a, const auto& b) { return a.trigger.begin < b.trigger.begin; });
}

} // namespace isnad::events
