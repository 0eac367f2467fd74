#include "events/cast.hpp"

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "text/fold.hpp"

#include <algorithm>

namespace isnad::events {

namespace {

using nlp::upos;

std::uint64_t slot(place_in_text at) {
    return (std::uint64_t{at.sentence} << 32) | at.word;
}

gender gender_of_form(std::string_view folded) {
    return folded.ends_with("ه") || folded.ends_with("ات") || folded.ends_with("اء") ? gender::feminine
                                                                                     : gender::masculine;
}

} // namespace

cast::cast(std::string_view text, const std::vector<reading>& sentences, const lexicon& words,
           const knowledge::base& base, record& out)
    : text_(text), sentences_(sentences), words_(words), base_(base), out_(out),
      published_(knowledge::day_of(out.about.published)) {}

index cast::new_entity(entity_kind kind, std::string name) {
    entity made;
    made.kind = kind;
    made.name = std::move(name);
    out_.entities.push_back(std::move(made));
    figures_.emplace_back();
    return static_cast<index>(out_.entities.size() - 1);
}

void cast::describe(index which, std::uint32_t sentence, const noun_phrase& np) {
    const auto& tree = sentences_[sentence].tree;
    std::vector<std::uint32_t> members;
    for (word_index i = np.first; i <= np.last; ++i)
        if (!tree.is_punct(i))
            members.push_back(i);
    const auto said = base_.describe(tree.parsed(), np.core, members, sentences_[sentence].names);
    auto& into = out_.entities[which];
    if (into.kind == entity_kind::other)
        into.kind = said.kind;
    if (into.country.empty())
        into.country = said.country;
    if (into.sectors.empty())
        into.sectors = said.sectors;
    if (into.code.empty() || figures_[which].known == nullptr)
        into.code = !said.code.empty() && into.country == said.country && into.sectors == said.sectors
                        ? said.code
                        : knowledge::code_of(into.country, into.sectors);
}

void cast::name_figure(index which, const std::vector<std::string>& words) {
    figures_[which].name_words = words;
    if (words.empty())
        return;
    auto& bearers = by_last_name_[words.back()];
    if (std::find(bearers.begin(), bearers.end(), which) == bearers.end())
        bearers.push_back(which);
}

std::optional<index> cast::by_name(const std::vector<std::string>& words) const {
    // A first name alone does not make two people one: the last words must agree.
    const auto bearers = by_last_name_.find(words.back());
    if (bearers == by_last_name_.end())
        return std::nullopt;
    for (auto which = bearers->second.rbegin(); which != bearers->second.rend(); ++which) {
        const auto& known = figures_[*which].name_words;
        const auto& shorter = known.size() < words.size() ? known : words;
        const auto& longer = known.size() < words.size() ? words : known;
        if (std::all_of(shorter.begin(), shorter.end(), [&](const auto& word) {
                return std::find(longer.begin(), longer.end(), word) != longer.end();
            }))
            return *which;
    }
    return std::nullopt;
}

std::optional<index> cast::called_before(std::uint32_t sentence, const noun_phrase& np) const {
    const auto& tree = sentences_[sentence].tree;
    const bool bare = np.first == np.last && tree.form(np.core).starts_with("ال");
    const auto called = by_title_.find(tree.key(np.core));
    if ((!bare && np.first == np.last) || called == by_title_.end())
        return std::nullopt;
    std::vector<std::uint32_t> members;
    for (word_index i = np.first; i <= np.last; ++i)
        members.push_back(i);
    const auto said = base_.describe(tree.parsed(), np.core, members, sentences_[sentence].names);
    for (auto which = called->second.rbegin(); which != called->second.rend(); ++which) {
        const auto& who = out_.entities[*which];
        if (!said.country.empty() && !who.country.empty() && said.country != who.country)
            continue;
        // الرئيس الروسي after الرئيس الروسي فلاديمير بوتين: every word was said before of this one.
        if (bare || (!figures_[*which].name_words.empty() && !said.country.empty() && said.country == who.country &&
                     np.last == np.first + 1))
            return *which;
    }
    return std::nullopt;
}

std::optional<index> cast::state_of_owner(std::uint32_t sentence, const noun_phrase& np) {
    const auto& tree = sentences_[sentence].tree;
    const auto suffix = np.core + 1;
    if (suffix >= tree.size() || !tree.is_pronoun_suffix(suffix) || !words_.in_class("own_state", tree.key(np.core)))
        return std::nullopt;
    const auto owner = pronoun({sentence, suffix}, std::nullopt);
    if (!owner || out_.entities[entity_of(*owner)].country.empty())
        return std::nullopt;
    const auto* what = base_.by_id("country/" + out_.entities[entity_of(*owner)].country);
    return what == nullptr ? std::nullopt : std::optional(known_entity(*what));
}

index cast::known_entity(const knowledge::entry& what) {
    if (const auto found = by_id_.find(what.id.str()); found != by_id_.end())
        return found->second;
    const auto which = new_entity(what.kind, what.name.str());
    auto& made = out_.entities[which];
    made.base = what.id.str();
    made.name_en = what.name_en.str();
    if (what.id.starts_with("country/"))
        made.iso3 = what.country.str();
    auto then = base_.on(what, published_);
    made.country = std::move(then.country);
    made.sectors = std::move(then.sectors);
    made.code = std::move(then.code);
    made.wikidata = what.wikidata.str();
    made.geonames = what.geonames.str();
    figures_[which].known = &what;
    figures_[which].sex = what.toponym != 0 ? gender::feminine : gender_of_form(text::fold(what.name.view()));
    figures_[which].how_many = number::singular;
    by_id_.emplace(what.id.str(), which);
    return which;
}

index cast::state_of_adjective(place_in_text at, const knowledge::entry& what) {
    const auto which = known_entity(what);
    return add_mention(at, sentences_[at.sentence].tree.word(at.word).at, which, mention_kind::nominal);
}

index cast::owner_of_office(std::uint32_t sentence, const knowledge::match& office) {
    const auto last = office.owner_first + office.owner_count - 1;
    const noun_phrase np{office.owner_first, office.owner_first, office.owner_first, last};
    const auto which = known_entity(base_.body_of(*office.office));
    return add_mention({sentence, office.owner_first}, span_of(sentence, np), which, mention_kind::name);
}

index cast::resolve(std::uint32_t sentence, const noun_phrase& np) {
    const auto& tree = sentences_[sentence].tree;
    const auto* match = name_of(sentence, np);
    const auto key = tree.key(np.core);
    const auto remember = [&](index which) {
        auto& titles = figures_[which].titles;
        if (base_.head(key) != nullptr && std::find(titles.begin(), titles.end(), key) == titles.end()) {
            titles.push_back(key);
            by_title_[key].push_back(which);
        }
        return which;
    };
    if (match != nullptr) {
        const auto& what = *match->what;
        if (const auto found = by_id_.find(what.id.str()); found != by_id_.end())
            return remember(found->second);
        auto then = base_.on(what, published_);
        const auto which = new_entity(what.kind, what.name.str());
        auto& made = out_.entities[which];
        made.base = what.id.str();
        made.name_en = what.name_en.str();
        made.country = std::move(then.country);
        made.sectors = std::move(then.sectors);
        made.code = std::move(then.code);
        made.wikidata = what.wikidata.str();
        made.geonames = what.geonames.str();
        if (what.id.starts_with("country/"))
            made.iso3 = what.country.str();
        auto& figure = figures_[which];
        figure.known = &what;
        figure.person_like = what.kind == entity_kind::person;
        if (figure.person_like)
            name_figure(which, isnad::split(text::fold(what.name.view()), ' '));
        const bool woman = figure.person_like && base_.head(key) != nullptr && tree.bare(np.core).ends_with("ه");
        const bool masculine = figure.person_like || words_.in_class("masculine_place", text::fold(what.name.view()));
        figure.sex = woman               ? gender::feminine
                     : masculine         ? gender::masculine
                     : what.toponym != 0 ? gender::feminine
                                         : gender_of_form(tree.bare(np.core));
        figure.how_many = number::singular;
        by_id_.emplace(what.id.str(), which);
        if (what.sectors.empty() && what.kind == entity_kind::person)
            describe(which, sentence, np);
        return remember(which);
    }
    if (const auto named = person_words(sentence, np); !named.empty()) {
        std::vector<std::string> words;
        std::string name;
        for (const auto i : named) {
            words.push_back(tree.form(i));
            name += (name.empty() ? "" : " ") + tree.word(i).form;
        }
        auto found = by_name(words);
        const auto which = found ? *found : new_entity(entity_kind::person, name);
        auto& figure = figures_[which];
        if (figure.name_words.size() < words.size() && figure.known == nullptr) {
            name_figure(which, words);
            out_.entities[which].name = name;
        }
        figure.person_like = true;
        if (figure.sex == gender::unknown)
            figure.sex =
                tree.bare(np.core).ends_with("ه") && base_.head(key) != nullptr ? gender::feminine : gender::masculine;
        figure.how_many = number::singular;
        describe(which, sentence, np);
        return remember(which);
    }
    if (const auto state = state_of_owner(sentence, np))
        return *state;
    const auto words = words_of(sentence, np);
    if (const auto found = by_words_.find(words); found != by_words_.end() && tree.is_definite(np.core))
        return remember(found->second);
    if (const auto found = called_before(sentence, np))
        return remember(*found);
    std::string name(span_of(sentence, np).of(text_));
    const auto which = new_entity(entity_kind::other, std::move(name));
    describe(which, sentence, np);
    auto& figure = figures_[which];
    const auto* role = base_.head(key);
    const auto& form = tree.form(np.core); // a sound masculine plural is said of people
    figure.person_like = out_.entities[which].kind == entity_kind::person ||
                         ((form.ends_with("ون") || form.ends_with("ين") || form.ends_with("و")) &&
                          nlp::feature(tree.word(np.core).feats, "Number") == "Plur");
    const auto how_many = nlp::feature(tree.word(np.core).feats, "Number");
    figure.how_many = how_many == "Plur" || (role != nullptr && role->plural != 0) ? number::plural
                      : how_many == "Dual"                                         ? number::dual
                                                                                   : number::singular;
    if (np.core != np.head)
        figure.how_many = number::plural;
    figure.sex = figure.person_like && figure.how_many == number::plural ? gender::masculine
                                                                         : gender_of_form(tree.bare(np.core));
    by_words_[words] = which;
    return remember(which);
}

index cast::add_mention(place_in_text head, span at, index who, mention_kind kind) {
    isnad::mention made;
    made.at = at;
    made.entity = who;
    made.kind = kind;
    out_.mentions.push_back(made);
    head_keys_.emplace_back();
    figures_[who].called_by_name = figures_[who].called_by_name || kind == mention_kind::name;
    spoken_of_.emplace(head, who);
    return static_cast<index>(out_.mentions.size() - 1);
}

std::optional<index> cast::mention(place_in_text head, bool surely_a_party) {
    if (const auto found = made_.find(slot(head)); found != made_.end() && (found->second || !surely_a_party))
        return found->second;
    const auto& tree = sentences_[head.sentence].tree;
    std::optional<index> out;
    if (tree.word(head.word).tag == upos::pron) {
        out = pronoun(head, std::nullopt);
    } else if (tree.is_nominal(head.word) || counted_after(tree, head.word) != head.word) {
        const auto np = phrase(head.sentence, head.word);
        if (surely_a_party || nameable(head.sentence, np)) {
            const auto who = resolve(head.sentence, np);
            const bool named = figures_[who].known != nullptr || !person_words(head.sentence, np).empty() ||
                               tree.word(np.core).name.starts_with("B-");
            const auto* role = base_.head(tree.key(np.core));
            const bool title = role != nullptr && (role->title || !role->plural != 0) && tree.is_definite(np.core);
            const auto* match = name_of(head.sentence, np);
            const bool office = match != nullptr && match->office != nullptr; // وزير الخارجية الروسي
            const bool by_name =
                named && !office && (match != nullptr || !person_words(head.sentence, np).empty() || role == nullptr);
            out = add_mention(head, span_of(head.sentence, np), who,
                              by_name           ? mention_kind::name
                              : title || office ? mention_kind::title
                                                : mention_kind::nominal);
            head_keys_[*out] = tree.key(np.core);
        }
    }
    made_[slot(head)] = out;
    return out;
}

std::vector<index> cast::pair(place_in_text head) {
    // الوزيران, الطرفان, البلدان: the two of that kind whom the article spoke of last.
    const auto& tree = sentences_[head.sentence].tree;
    if (const auto found = pairs_.find(slot(head)); found != pairs_.end())
        return found->second;
    const auto np = phrase(head.sentence, head.word);
    const auto& key = tree.key(np.core);
    const auto& form = tree.form(np.core);
    const bool dual =
        nlp::feature(tree.word(np.core).feats, "Number") == "Dual" || form.ends_with("ان") || form.ends_with("ين");
    const auto* role = base_.head(key);
    const bool people = role != nullptr && role->kind == entity_kind::person;
    const bool parties = words_.in_class("party", key) || words_.in_class("party", tree.bare(np.core));
    // الجانبان المصري والإثيوبي: the two adjectives tell whose they are.
    const auto second = np.last + 2;
    if (dual && (people || parties) && np.last == np.first + 1 && second < tree.size() &&
        tree.form(np.last + 1) == "و") {
        const auto* one = base_.nisba(tree.form(np.last));
        const auto* other = base_.nisba(tree.form(second));
        if (one != nullptr && other != nullptr) {
            std::vector<index> out;
            for (const auto& [state, at] :
                 {std::pair(one, span_of(head.sentence, np)), std::pair(other, tree.word(second).at)}) {
                const auto name = std::string(key) + "/" + state->id.str(); // "جانب/country/EGY"
                auto found = by_words_.find(name);
                if (found == by_words_.end()) {
                    const auto who =
                        new_entity(people ? entity_kind::person : entity_kind::government, std::string(at.of(text_)));
                    out_.entities[who].country = state->country.str();
                    out_.entities[who].sectors = {"GOV"};
                    out_.entities[who].code = knowledge::code_of(state->country, {"GOV"});
                    figures_[who].sex = gender::masculine;
                    figures_[who].how_many = number::singular;
                    figures_[who].person_like = people;
                    found = by_words_.emplace(name, who).first;
                }
                out.push_back(add_mention(head, at, found->second, mention_kind::title));
                head_keys_[out.back()] = key;
            }
            pairs_.emplace(slot(head), out);
            return out;
        }
    }
    if (!form.starts_with("ال") || !dual || np.first != np.last || !(people || parties) ||
        nlp::feature(tree.word(np.core).feats, "Number") == "Plur" || form == text::fold("ال" + std::string(key)))
        return {};
    std::vector<index> order; // the latest first
    for (auto it = spoken_of_.lower_bound({head, 0}); it != spoken_of_.begin() && order.size() < 2;) {
        --it;
        if (it->first.sentence + 8 < head.sentence)
            break;
        const auto who = it->second;
        const auto& one = figures_[who];
        const auto kind = out_.entities[who].kind;
        const bool state =
            one.known != nullptr && (one.known->id.starts_with("country/") || !one.known->stands_for.empty());
        const bool fits = people ? one.person_like && one.how_many != number::plural
                                 : state || (kind != entity_kind::person && kind != entity_kind::media &&
                                             kind != entity_kind::place && kind != entity_kind::other);
        if (fits && std::find(order.begin(), order.end(), who) == order.end())
            order.push_back(who);
    }
    if (order.size() < 2)
        return {};
    std::vector<index> out;
    for (std::size_t i = 2; i-- > 0;) {
        out.push_back(add_mention(head, span_of(head.sentence, np), order[i], mention_kind::title));
        head_keys_[out.back()] = key;
    }
    pairs_.emplace(slot(head), out);
    return out;
}

std::vector<index> cast::mentions(place_in_text head, bool surely_a_party) {
    if (auto both = pair(head); !both.empty())
        return both;
    std::vector<index> out;
    const auto joint = phrase(head.sentence, head.word).last; // conjuncts inside are more titles of the same one
    for (const auto word : sentences_[head.sentence].tree.conjuncts(head.word)) {
        if (word != head.word && (!sentences_[head.sentence].tree.is_nominal(word) || word <= joint))
            continue;
        if (const auto found = mention({head.sentence, word}, surely_a_party))
            if (std::find(out.begin(), out.end(), *found) == out.end())
                out.push_back(*found);
    }
    return out;
}

std::optional<index> cast::toponym(place_in_text head) {
    const auto& read = sentences_[head.sentence];
    if (read.name_at[head.word] == 0 || read.names[read.name_at[head.word] - 1].what->toponym == 0)
        return std::nullopt;
    const auto& match = read.names[read.name_at[head.word] - 1];
    const noun_phrase np{head.word, head.word, match.first, match.first + match.count - 1};
    if (const auto found = made_.find(slot(head)); found != made_.end() && found->second)
        return found->second;
    const auto out = add_mention(head, span_of(head.sentence, np), resolve(head.sentence, np), mention_kind::name);
    made_[slot(head)] = out;
    return out;
}

std::optional<index> cast::name_alone(place_in_text first, const std::vector<index>& near) {
    const auto& read = sentences_[first.sentence];
    const auto& match = read.names[read.name_at[first.word] - 1];
    const noun_phrase np{first.word, first.word, match.first, match.first + match.count - 1};
    const auto who = resolve(first.sentence, np);
    const auto at = span_of(first.sentence, np);
    for (const auto m : near)
        if (out_.mentions[m].entity == who && out_.mentions[m].at.contains(at) &&
            out_.mentions[m].kind != mention_kind::elided)
            return std::nullopt;
    return add_mention(first, at, who, match.office != nullptr ? mention_kind::title : mention_kind::name);
}

std::optional<index> cast::described_place(place_in_text head) {
    const auto& read = sentences_[head.sentence];
    const auto& tree = read.tree;
    if (const auto found = made_.find(slot(head)); found != made_.end() && found->second)
        return found->second;
    auto np = phrase(head.sentence, head.word);
    // What a preposition or an adjective with one adds is another place: حي الفردوس | في حلب, بلدة | التابعة لمركز.
    for (auto i = head.word + 1; i <= np.last; ++i)
        if (tree.word(i).tag == upos::adp || tree.word(i).tag == upos::cconj || tree.is_punct(i) || tree.is_verb(i)) {
            const bool led = tree.word(i).tag == upos::adp && i > head.word + 1 && tree.word(i - 1).tag == upos::adj;
            np.last = i - (led ? 2 : 1);
            break;
        }
    if (np.last <= head.word)
        return std::nullopt;
    const knowledge::match* name = nullptr;
    bool foreign = false;
    for (word_index i = np.first; i <= np.last; ++i) {
        if (read.name_at[i] != 0 && read.names[read.name_at[i] - 1].what->toponym != 0 && name == nullptr)
            name = &read.names[read.name_at[i] - 1];
        foreign = foreign || tree.word(i).name.ends_with("LOC") || tree.word(i).tag == upos::other;
    }
    if (name == nullptr && !foreign)
        return std::nullopt;
    index who = 0;
    if (name != nullptr) {
        const auto last = name->first + name->count - 1;
        who = resolve(head.sentence, {name->first, name->first, name->first, last});
        np.last = std::max(np.last, last);
    } else {
        const auto words = words_of(head.sentence, np);
        const auto found = by_words_.find(words);
        who = found != by_words_.end()
                  ? found->second
                  : new_entity(entity_kind::place, std::string(span_of(head.sentence, np).of(text_)));
        by_words_[words] = who;
    }
    const auto out = add_mention(head, span_of(head.sentence, np), who, mention_kind::name);
    made_[slot(head)] = out;
    return out;
}

index cast::elided(place_in_text verb, index who) {
    const auto& tree = sentences_[verb.sentence].tree;
    for (std::size_t i = out_.mentions.size(); i-- > 0;)
        if (out_.mentions[i].kind == mention_kind::elided && out_.mentions[i].at == tree.word(verb.word).at &&
            out_.mentions[i].entity == who)
            return static_cast<index>(i);
    return add_mention(verb, tree.word(verb.word).at, who, mention_kind::elided);
}

std::optional<index> cast::pronoun(place_in_text at, std::optional<index> preferred) {
    const auto& tree = sentences_[at.sentence].tree;
    if (const auto found = made_.find(slot(at)); found != made_.end() && found->second)
        return found->second;
    const auto wanted = agreement_of(tree, at.word);
    if (wanted.person != 3)
        return std::nullopt;
    const auto who = preferred && agrees(*preferred, wanted) ? preferred : antecedent(at, wanted);
    if (!who)
        return std::nullopt;
    const auto out = add_mention(at, tree.word(at.word).at, *who, mention_kind::pronoun);
    made_[slot(at)] = out;
    return out;
}

agreement cast::agreement_of(const syntax& tree, word_index i) const {
    const auto& feats = tree.word(i).feats;
    const auto sex = nlp::feature(feats, "Gender");
    const auto how_many = nlp::feature(feats, "Number");
    const auto person = nlp::feature(feats, "Person");
    agreement out;
    out.sex = sex == "Fem" ? gender::feminine : sex == "Masc" ? gender::masculine : gender::unknown;
    out.how_many = how_many == "Plur"   ? number::plural
                   : how_many == "Dual" ? number::dual
                   : how_many == "Sing" ? number::singular
                                        : number::unknown;
    out.person = tree.is_first_person(i) ? 1 : person == "2" ? 2 : 3;
    if (tree.word(i).tag == upos::pron) { // the suffix itself is a surer sign than the tagger
        const auto& form = tree.form(i);
        if (form == "ه" || form == "هو")
            out = {gender::masculine, number::singular, 3};
        else if (form == "ها" || form == "هي")
            out = {gender::feminine, number::singular, 3};
        else if (form == "هم")
            out = {gender::masculine, number::plural, 3};
        else if (form == "هما")
            out = {gender::unknown, number::dual, 3};
        else if (form == "ي" || form == "نا" || form == "ني" || form == "انا" || form == "نحن")
            out.person = 1;
    }
    return out;
}

bool cast::agrees(index who, const agreement& wanted) const {
    const auto& figure = figures_[who];
    const bool things = figure.how_many == number::plural && !figure.person_like &&
                        out_.entities[who].kind != entity_kind::group; // plurals of things are feminine singular
    const auto sex = things ? gender::feminine : figure.sex;
    const auto how_many = things ? number::singular : figure.how_many;
    const bool sex_fits = wanted.sex == gender::unknown || sex == gender::unknown || wanted.sex == sex;
    const bool number_fits = wanted.how_many == number::unknown || how_many == number::unknown ||
                             wanted.how_many == how_many ||
                             (wanted.how_many == number::plural && how_many == number::singular &&
                              out_.entities[who].kind == entity_kind::group);
    return sex_fits && number_fits;
}

std::optional<index> cast::antecedent(place_in_text at, const agreement& wanted) const {
    // A main subject of the last three sentences outranks whoever was merely mentioned.
    const auto latest = [&](const std::set<std::pair<place_in_text, index>>& all,
                            std::uint32_t reach) -> std::optional<index> {
        for (auto it = all.lower_bound({at, 0}); it != all.begin();) {
            --it;
            if (it->first.sentence + reach < at.sentence)
                break;
            if (agrees(it->second, wanted))
                return it->second;
        }
        return std::nullopt;
    };
    if (const auto topic = latest(topics_, 3))
        return topic;
    return latest(spoken_of_, 4);
}

void cast::civilian(index mention) {
    auto& who = out_.entities[entity_of(mention)];
    const bool nobody =
        who.kind == entity_kind::other || who.kind == entity_kind::group || who.kind == entity_kind::person;
    if (!nobody || !who.sectors.empty() || figures_[entity_of(mention)].known != nullptr)
        return;
    if (who.kind == entity_kind::other)
        who.kind = entity_kind::group;
    who.sectors = {"CVL"};
    who.code = knowledge::code_of(who.country, who.sectors);
}

void cast::promote(index which, place_in_text at) {
    topics_.emplace(at, entity_of(which));
}

std::string_view cast::head_key(index mention) const {
    return head_keys_[mention];
}

bool cast::called_by_name(index who) const {
    return figures_[who].called_by_name;
}

bool cast::names_place(index who) const {
    return figures_[who].known != nullptr ? figures_[who].known->toponym != 0
                                          : out_.entities[who].kind == entity_kind::place;
}

const knowledge::entry* cast::known(index who) const {
    return figures_[who].known;
}

} // namespace isnad::events
