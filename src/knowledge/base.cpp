#include "knowledge/base.hpp"

#include "base/mapped_file.hpp"
#include "knowledge/draft.hpp"
#include "knowledge/image.hpp"
#include "knowledge/names.hpp"
#include "text/fold.hpp"

#include <algorithm>

namespace isnad::knowledge {

struct base::content {
    std::string owned; ///< compiled in memory
    std::optional<mapped_file> file;
    const image* root = nullptr;
};

base::base(std::unique_ptr<content> held) : content_(std::move(held)) {}
base::base(base&&) noexcept = default;
base& base::operator=(base&&) noexcept = default;
base::~base() = default;

const image& base::in() const noexcept {
    return *content_->root;
}

std::vector<error> base::check(const std::vector<std::string>& folders) {
    const auto tables = load_tables(folders);
    if (!tables)
        return {tables.failure()};
    return knowledge::check(*tables);
}

result<std::string> base::compile(const std::vector<std::string>& folders) {
    const auto tables = load_tables(folders);
    if (!tables)
        return tables.failure();
    auto wrong = knowledge::check(*tables);
    if (wrong.empty())
        return knowledge::compile(*tables);
    if (wrong.size() > 1)
        wrong.front().remedy += "; isnad knowledge check lists " + std::to_string(wrong.size() - 1) + " more";
    return std::move(wrong.front());
}

result<base> base::open(const std::string& data_dir, const std::vector<std::string>& more) {
    std::vector<std::string> folders{data_dir + "/knowledge"};
    folders.insert(folders.end(), more.begin(), more.end());
    auto bytes = compile(folders);
    if (!bytes)
        return bytes.failure();
    auto held = std::make_unique<content>();
    held->owned = std::move(*bytes);
    const auto root = image_in(held->owned, data_dir);
    if (!root)
        return root.failure();
    held->root = *root;
    return base(std::move(held));
}

result<base> base::map(const std::string& path) {
    auto file = mapped_file::open(path);
    if (!file)
        return file.failure();
    const auto root = image_in(file->view(), path);
    if (!root)
        return root.failure();
    auto held = std::make_unique<content>();
    held->file.emplace(std::move(*file));
    held->root = *root;
    return base(std::move(held));
}

const entry* base::nisba(std::string_view word) const {
    const auto number = word_of(in(), text::fold(word));
    if (number == no_index || in().words[number].nisba == 0)
        return nullptr;
    return &in().entries[in().belongings[in().words[number].nisba - 1].owner];
}

const entry* base::by_id(std::string_view id) const {
    const auto found = find_key(in().ids, id, [&](std::uint32_t i) { return in().entries[i].id.view(); });
    return found == no_index ? nullptr : &in().entries[found];
}

const head_noun* base::head(std::string_view lemma_key) const {
    const auto found = find_key(in().head_slots, lemma_key, [&](std::uint32_t i) { return in().heads[i].key.view(); });
    return found == no_index ? nullptr : &in().heads[found];
}

const office_kind& base::kind_of(const tenure& held) const {
    return in().office_kinds[held.kind];
}

const entry& base::body_of(const tenure& held) const {
    return in().entries[held.body];
}

const tenure& base::tenure_at(std::uint32_t index) const {
    return in().tenures[index];
}

description base::on(const entry& who, std::optional<day> at) const {
    description out{who.kind, who.country.str(), packed::strings(who.sectors), who.code.str()};
    const tenure* held = nullptr; // of the offices held on that day the highest
    for (const auto index : who.offices) {
        const auto& one = in().tenures[index];
        if (at && one.surely_on(*at) && (held == nullptr || one.kind < held->kind))
            held = &one;
    }
    if (held == nullptr)
        return out;
    const auto& kind = kind_of(*held);
    const auto& body = body_of(*held);
    auto sectors = packed::strings(kind.sectors.empty() ? body.sectors : kind.sectors);
    if (body.kind == entity_kind::international) {
        out.code = body.code.str();
        return out;
    }
    if (!sectors.empty())
        out.sectors = std::move(sectors);
    if (!body.country.empty())
        out.country = body.country.str();
    out.code = code_of(out.country, out.sectors);
    return out;
}

std::string code_of(std::string_view country, const std::vector<std::string>& sectors) {
    std::string out(country);
    for (const auto& sector : sectors)
        out += sector;
    return out;
}

} // namespace isnad::knowledge
