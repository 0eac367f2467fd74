// What a noun phrase says of the one it names.
#include "knowledge/find.hpp"
#include "text/fold.hpp"

#include <algorithm>

namespace isnad::knowledge {
namespace {

using nlp::sentence;

/// Reads one noun phrase word by word. The order of precedence is told in base::describe's comment.
class phrase {
public:
    phrase(const base& known, const image& in, const sentence& of, std::uint32_t head,
           const std::vector<std::uint32_t>& members, std::span<const match> names)
        : known_(known), in_(in), of_(of), head_(head), members_(members) {
        for (const auto& name : names) // an office inside ("مبعوث الرئيس الروسي") speaks by its words
            if (!name.ambiguous && name.office == nullptr && inside(name))
                names_.push_back(name);
    }

    description read() {
        read_head();
        read_modifiers();
        read_inner();
        read_country();
        if (!out_.country.empty() && out_.sectors.empty() && noun_ != nullptr)
            out_.sectors = packed::strings(noun_->sectors); // "المندوب الأميركي لدى الأمم المتحدة" is his state's
        settle_number();
        if (out_.kind == entity_kind::other && noun_ == nullptr)
            return {};
        if (out_.code.empty())
            out_.code = code_of(out_.country, out_.sectors);
        return std::move(out_);
    }

private:
    [[nodiscard]] bool is_member(std::uint32_t i) const { return std::ranges::binary_search(members_, i); }
    [[nodiscard]] bool inside(const match& name) const {
        return is_member(name.first) && is_member(name.first + name.count - 1);
    }
    [[nodiscard]] const match* name_at(std::uint32_t i) const {
        const auto found = std::ranges::find_if(
            names_, [&](const match& name) { return name.first <= i && i < name.first + name.count; });
        return found == names_.end() ? nullptr : &*found;
    }
    [[nodiscard]] const head_noun* noun_at(std::uint32_t i) const {
        const auto& word = of_.words[i];
        if (const auto* noun = known_.head(word.key))
            return noun;
        const auto key = text::fold(word.form);
        const auto* noun = known_.head(key);
        return noun != nullptr ? noun : known_.head(without_article(key));
    }
    [[nodiscard]] const belonging* nisba_at(std::uint32_t i) const {
        for (const auto& key : {text::fold(of_.words[i].form), of_.words[i].key})
            if (const auto word = word_of(in_, key); word != no_index && in_.words[word].nisba != 0)
                return &in_.belongings[in_.words[word].nisba - 1];
        return nullptr;
    }
    [[nodiscard]] const modifier* modifier_of(std::string_view key) const {
        const auto found =
            find_key(in_.modifier_slots, key, [&](std::uint32_t i) { return in_.modifiers[i].key.view(); });
        return found == no_index ? nullptr : &in_.modifiers[found];
    }
    [[nodiscard]] bool after_preposition(std::uint32_t i) const {
        return i > 0 && of_.words[i - 1].tag == nlp::upos::adp;
    }

    void take(const entry& who) {
        if (out_.sectors.empty())
            out_.sectors = packed::strings(who.sectors);
        if (out_.country.empty() && out_.code.empty())
            out_.country = who.country;
        // International bodies have codes of their own, not made of country and sectors.
        if (who.kind == entity_kind::international && out_.country.empty() && out_.code.empty())
            out_.code = who.code;
    }

    void read_head() {
        if (const auto* name = name_at(head_); name != nullptr) {
            out_.kind = name->what->kind;
            take(*name->what);
            named_ = true;
            return;
        }
        noun_ = noun_at(head_);
        if (noun_ != nullptr) {
            out_.kind = noun_->kind;
            plural_ = noun_->plural != 0;
            if (noun_->inherits == 0)
                out_.sectors = packed::strings(noun_->sectors);
            return;
        }
        if (const auto* people = nisba_at(head_); people != nullptr) {
            out_.kind = people->plural != 0 ? entity_kind::group : entity_kind::person;
            plural_ = people->plural != 0;
            take(in_.entries[people->owner]);
        }
    }

    /// "مصدر عسكري", "جماعة مسلحة": adjectives of the head.
    void read_modifiers() {
        if (named_)
            return;
        for (const auto i : members_) {
            const auto& word = of_.words[i];
            if (i == head_ || name_at(i) != nullptr)
                continue;
            const auto* found = modifier_of(word.key);
            if (found == nullptr)
                found = modifier_of(without_article(text::fold(word.form)));
            if (found == nullptr)
                continue;
            const auto& says = *found;
            const bool loose = out_.kind == entity_kind::group || out_.kind == entity_kind::organization ||
                               out_.kind == entity_kind::other;
            if (says.has_kind != 0 && loose)
                out_.kind = says.kind;
            if (out_.sectors.empty())
                out_.sectors = packed::strings(says.sectors);
        }
    }

    /// "قيادي في حركة حماس", "رئيس مجلس النواب": whom the head belongs to. A nearer word speaks first.
    void read_inner() {
        if (named_)
            return;
        for (const auto i : members_) {
            if (i == head_)
                continue;
            if (const auto* name = name_at(i); name != nullptr) {
                const auto& what = *name->what;
                if (name->first == i && i > head_ && what.toponym == 0 && what.kind != entity_kind::person &&
                    !name->ambiguous && !(what.kind == entity_kind::international && of_state_before(i)))
                    take(what);
            } else if (const auto* noun = noun_at(i); noun != nullptr && out_.sectors.empty() && i > head_) {
                if (noun->inherits == 0 || noun->kind == entity_kind::person)
                    inner_default(*noun);
            }
        }
        if (out_.sectors.empty())
            out_.sectors = default_;
        if (out_.sectors.empty() && noun_ != nullptr && out_.code.empty())
            out_.sectors = packed::strings(noun_->sectors);
    }

    /// "مندوب روسيا لدى الأمم المتحدة": a state is named between the head and word `end`.
    [[nodiscard]] bool of_state_before(std::uint32_t end) const {
        return std::ranges::any_of(members_, [&](std::uint32_t i) {
            const auto* name = name_at(i);
            return i > head_ && i < end && (name != nullptr ? name->what->toponym != 0 : nisba_at(i) != nullptr);
        });
    }

    /// A noun that inherits itself ("نائب رئيس الحكومة") only counts when nothing after it speaks.
    void inner_default(const head_noun& noun) {
        if (noun.inherits == 0)
            out_.sectors = packed::strings(noun.sectors);
        else if (default_.empty())
            default_ = packed::strings(noun.sectors);
    }

    /// A nisba before a country's name, and of nisbas the one that hangs on the head.
    void read_country() {
        if (named_ || !out_.country.empty())
            return;
        const belonging* chosen = nullptr;
        for (const auto i : members_) {
            if (i == head_ || name_outranks(i))
                continue;
            const auto* here = nisba_at(i);
            const bool of_head = of_.words[i].head == static_cast<std::int32_t>(head_);
            if (here != nullptr && (chosen == nullptr || (of_head && !chosen_of_head_))) {
                chosen = here;
                chosen_of_head_ = of_head;
            }
        }
        if (chosen != nullptr) {
            const auto& owner = in_.entries[chosen->owner];
            if (owner.kind == entity_kind::international) {
                if (out_.code.empty()) {
                    out_.code = owner.code;
                    out_.sectors = packed::strings(owner.sectors);
                }
                return;
            }
            out_.country = owner.country;
            if (!out_.country.empty())
                out_.code.clear();
            return;
        }
        if (!out_.code.empty())
            return;
        for (const auto& name : names_)
            if (name.what->toponym != 0 && (!after_preposition(name.first) || !person_like())) {
                out_.country = name.what->country;
                return;
            }
    }

    /// The nisba is part of a body's name ("الاتحاد الأوروبي"), which has spoken already.
    [[nodiscard]] bool name_outranks(std::uint32_t i) const {
        const auto* name = name_at(i);
        return name != nullptr && name->what->toponym == 0;
    }
    [[nodiscard]] bool person_like() const {
        return out_.kind == entity_kind::person || out_.kind == entity_kind::group;
    }

    void settle_number() {
        if (named_ || out_.kind != entity_kind::person)
            return;
        const auto number = nlp::feature(of_.words[head_].feats, "Number");
        if (plural_ || number == "Plur" || number == "Dual")
            out_.kind = entity_kind::group;
    }

    const base& known_;
    const image& in_;
    const sentence& of_;
    std::uint32_t head_;
    const std::vector<std::uint32_t>& members_;
    std::vector<match> names_;
    description out_;
    std::vector<std::string> default_;
    const head_noun* noun_ = nullptr;
    bool named_ = false;
    bool plural_ = false;
    bool chosen_of_head_ = false;
};

} // namespace

description base::describe(const nlp::sentence& sentence, std::uint32_t head, const std::vector<std::uint32_t>& members,
                           std::span<const match> names) const {
    if (head >= sentence.words.size() || members.empty() || members.back() >= sentence.words.size())
        return {};
    return phrase(*this, in(), sentence, head, members, names).read();
}

description base::describe(const nlp::sentence& sentence, std::uint32_t head,
                           const std::vector<std::uint32_t>& members) const {
    if (head >= sentence.words.size() || members.empty() || members.back() >= sentence.words.size())
        return {};
    const auto first = members.front(), end = members.back() + 1;
    const auto names = names_in(in(), sentence, look_at(in(), sentence, {}, first, end), first, end, std::nullopt);
    return describe(sentence, head, members, names);
}

} // namespace isnad::knowledge
