#include "knowledge/base.hpp"

#include "knowledge/tables.hpp"
#include "text/fold.hpp"

#include <algorithm>

namespace isnad::knowledge {
namespace {

using nlp::sentence;

/// A word of the sentence as the name index sees it.
struct seen {
    std::uint32_t word = name_index::unknown;
    mark kind = mark::none;
    bool letter = false; ///< a single letter, as in "أ.ف.ب"
};

seen look_at(const name_index& names, const nlp::word& word) {
    seen out;
    out.kind = mark_of(word.form);
    if (out.kind != mark::none)
        return out;
    const auto key = text::fold(word.form);
    out.word = names.word(key);
    out.letter = key.size() <= 2;
    return out;
}

/// One past the last word of the longest name that starts at `first`, and its node; {first, root} when there is none.
/// Quotes, brackets and joints may stand between the words; a dot only after a single letter.
struct stretch {
    std::uint32_t end = 0;
    std::uint32_t node = name_index::root;
};

stretch longest(const base::tables& known, const std::vector<seen>& words, std::uint32_t first) {
    stretch best{first, name_index::root};
    std::uint32_t node = name_index::root;
    std::int32_t open = 0;
    for (auto i = first; i < words.size(); ++i) {
        const auto& here = words[i];
        if (here.kind != mark::none) {
            if (node == name_index::root || (here.kind == mark::dot && !words[i - 1].letter))
                break;
            open += here.kind == mark::opening || (here.kind == mark::quote && open == 0) ? 1 : 0;
            open -= here.kind == mark::closing ? 1 : 0;
            continue;
        }
        if (here.word == name_index::unknown)
            break;
        node = known.names.step(node, here.word);
        if (node == name_index::unknown)
            break;
        if (known.by_node[node].count == 0 && !known.by_node[node].stop)
            continue;
        best = {i + 1, node};
        // A quotation mark opened inside the name closes inside it: وكالة «سبوتنيك».
        const bool closes = i + 1 < words.size() && open > 0 &&
                            (words[i + 1].kind == mark::closing || words[i + 1].kind == mark::quote);
        best.end += closes ? 1 : 0;
    }
    return best;
}

/// A surname alone inside a longer name that the tables do not have may be somebody else's.
bool inside_longer_name(const sentence& of, const match& found) {
    const auto in_person = [&](std::uint32_t i) { return of.words[i].name == "I-PER"; };
    const auto end = found.first + found.count;
    return in_person(found.first) || (end < of.words.size() && in_person(end));
}

/// "مدينة المرج": the noun before says that a place is meant.
bool called_place(const base::tables& known, const sentence& of, const match& found) {
    if (!found.what->toponym || found.first == 0)
        return false;
    const auto& before = of.words[found.first - 1];
    for (const auto& key : {before.key, std::string(without_article(text::fold(before.form)))})
        if (const auto noun = known.heads.find(key); noun != known.heads.end())
            return noun->second.kind == entity_kind::place;
    return false;
}

/// Names in words [begin, end).
std::vector<match> names_in(const base::tables& known, const sentence& of, std::uint32_t begin, std::uint32_t end) {
    std::vector<seen> words(end);
    for (auto i = begin; i < end; ++i)
        words[i] = look_at(known.names, of.words[i]);
    std::vector<match> out;
    for (auto i = begin; i < end;) {
        const auto [stop, node] = longest(known, words, i);
        if (stop == i) {
            ++i;
            continue;
        }
        const auto& range = known.by_node[node];
        if (range.stop) {
            i = stop;
            continue;
        }
        match found{i, stop - i, known.pointers[range.first], range.flagged,
                    std::span(known.pointers).subspan(range.first, range.count)};
        const bool person = found.what->kind == entity_kind::person;
        found.ambiguous = found.ambiguous && !(found.readings.size() == 1 && called_place(known, of, found));
        found.ambiguous = found.ambiguous || (person && inside_longer_name(of, found));
        out.push_back(found);
        i = stop;
    }
    return out;
}

} // namespace

base::base(std::unique_ptr<tables> content) : tables_(std::move(content)) {}
base::base(base&&) noexcept = default;
base& base::operator=(base&&) noexcept = default;
base::~base() = default;

result<base> base::open(const std::string& data_dir) {
    auto content = load_tables(data_dir + "/knowledge");
    if (!content)
        return content.failure();
    return base(std::move(*content));
}

std::vector<match> base::find(const nlp::sentence& sentence) const {
    return names_in(*tables_, sentence, 0, static_cast<std::uint32_t>(sentence.words.size()));
}

const entry* base::nisba(std::string_view word) const {
    const auto key = text::fold(word);
    auto found = tables_->nisbas.find(key);
    if (found == tables_->nisbas.end())
        found = tables_->nisbas.find(without_article(key));
    return found == tables_->nisbas.end() ? nullptr : &tables_->entries[found->second.owner];
}

const entry* base::by_id(std::string_view id) const {
    const auto found = tables_->ids.find(id);
    return found == tables_->ids.end() ? nullptr : &tables_->entries[found->second];
}

const head_noun* base::head(std::string_view lemma_key) const {
    const auto found = tables_->heads.find(lemma_key);
    return found == tables_->heads.end() ? nullptr : &found->second;
}

std::string code_of(std::string_view country, const std::vector<std::string>& sectors) {
    std::string out(country);
    for (const auto& sector : sectors)
        out += sector;
    return out;
}

namespace {

/// Reads one noun phrase word by word. The order of precedence is told in base::describe's comment.
class phrase {
public:
    phrase(const base& known, const base::tables& tables, const sentence& of, std::uint32_t head,
           const std::vector<std::uint32_t>& members)
        : known_(known), tables_(tables), of_(of), head_(head), members_(members) {
        const auto [low, high] = std::ranges::minmax(members_);
        names_ = names_in(tables_, of_, low, high + 1);
        std::erase_if(names_, [&](const match& name) { return name.ambiguous || !inside(name); });
    }

    description read() {
        read_head();
        read_modifiers();
        read_inner();
        read_country();
        if (!out_.country.empty() && out_.sectors.empty() && noun_ != nullptr)
            out_.sectors = noun_->sectors; // "المندوب الأميركي لدى الأمم المتحدة" is his state's
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
            for (const auto& spelled : {std::string_view(key), without_article(key)})
                if (const auto found = tables_.nisbas.find(spelled); found != tables_.nisbas.end())
                    return &found->second;
        return nullptr;
    }
    [[nodiscard]] bool after_preposition(std::uint32_t i) const {
        return i > 0 && of_.words[i - 1].tag == nlp::upos::adp;
    }

    void take(const entry& who) {
        if (out_.sectors.empty())
            out_.sectors = who.sectors;
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
            plural_ = noun_->plural;
            if (!noun_->inherits)
                out_.sectors = noun_->sectors;
            return;
        }
        if (const auto* people = nisba_at(head_); people != nullptr) {
            out_.kind = people->plural ? entity_kind::group : entity_kind::person;
            plural_ = people->plural;
            take(tables_.entries[people->owner]);
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
            auto found = tables_.modifiers.find(word.key);
            if (found == tables_.modifiers.end())
                found = tables_.modifiers.find(without_article(text::fold(word.form)));
            if (found == tables_.modifiers.end())
                continue;
            const auto& says = found->second;
            const bool loose = out_.kind == entity_kind::group || out_.kind == entity_kind::organization ||
                               out_.kind == entity_kind::other;
            if (says.kind && loose)
                out_.kind = *says.kind;
            if (out_.sectors.empty())
                out_.sectors = says.sectors;
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
                if (name->first == i && i > head_ && !what.toponym && what.kind != entity_kind::person &&
                    !name->ambiguous && !(what.kind == entity_kind::international && of_state_before(i)))
                    take(what);
            } else if (const auto* noun = noun_at(i); noun != nullptr && out_.sectors.empty() && i > head_) {
                if (!noun->inherits || noun->kind == entity_kind::person)
                    inner_default(*noun);
            }
        }
        if (out_.sectors.empty())
            out_.sectors = default_;
        if (out_.sectors.empty() && noun_ != nullptr && out_.code.empty())
            out_.sectors = noun_->sectors;
    }

    /// "مندوب روسيا لدى الأمم المتحدة": a state is named between the head and word `end`.
    [[nodiscard]] bool of_state_before(std::uint32_t end) const {
        return std::ranges::any_of(members_, [&](std::uint32_t i) {
            const auto* name = name_at(i);
            return i > head_ && i < end && (name != nullptr ? name->what->toponym : nisba_at(i) != nullptr);
        });
    }

    /// A noun that inherits itself ("نائب رئيس الحكومة") only counts when nothing after it speaks.
    void inner_default(const head_noun& noun) {
        if (!noun.inherits)
            out_.sectors = noun.sectors;
        else if (default_.empty())
            default_ = noun.sectors;
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
            const auto& owner = tables_.entries[chosen->owner];
            if (owner.kind == entity_kind::international) {
                if (out_.code.empty()) {
                    out_.code = owner.code;
                    out_.sectors = owner.sectors;
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
            if (name.what->toponym && (!after_preposition(name.first) || !person_like())) {
                out_.country = name.what->country;
                return;
            }
    }

    /// The nisba is part of a body's name ("الاتحاد الأوروبي"), which has spoken already.
    [[nodiscard]] bool name_outranks(std::uint32_t i) const {
        const auto* name = name_at(i);
        return name != nullptr && !name->what->toponym;
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
    const base::tables& tables_;
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

description base::describe(const nlp::sentence& sentence, std::uint32_t head,
                           const std::vector<std::uint32_t>& members) const {
    if (head >= sentence.words.size() || members.empty() || members.back() >= sentence.words.size())
        return {};
    return phrase(*this, *tables_, sentence, head, members).read();
}

} // namespace isnad::knowledge
