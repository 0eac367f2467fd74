#include "nlp/conllu.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace isnad::nlp {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr const char* shape = "a row has ten columns with a tab between: ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL "
                              "DEPS MISC";

bool number(std::string_view text, std::uint32_t& out) {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failure == std::errc{} && end == text.data() + text.size() && out < 1'000'000;
}

/// An ID as 8.1.
bool is_empty_node(std::string_view id) {
    std::uint32_t part = 0;
    const std::size_t dot = id.find('.');
    return dot != std::string_view::npos && number(id.substr(0, dot), part) && number(id.substr(dot + 1), part);
}

/// How many columns the line has; the first ten of them.
std::size_t cut(std::string_view line, std::array<std::string_view, 10>& out) {
    std::size_t count = 0;
    for (std::size_t at = 0; at <= line.size(); ++count) {
        const std::size_t tab = std::min(line.find('\t', at), line.size());
        if (count < out.size())
            out[count] = line.substr(at, tab - at);
        at = tab + 1;
    }
    return count;
}

bool blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Cuts a token's bytes among its words: each takes the bytes of its form as far as they agree, the last the rest.
void share_out(std::string_view text, const token& of, std::vector<word>& words) {
    std::uint32_t at = of.at.begin;
    for (std::uint32_t i = 0; i < of.count; ++i) {
        word& w = words[of.first + i];
        std::uint32_t end = of.at.end;
        if (i + 1 < of.count) {
            const std::string_view rest = text.substr(at, of.at.end - at);
            std::size_t take = 0;
            while (take < rest.size() && take < w.form.size() && rest[take] == w.form[take])
                ++take;
            // Never within a character.
            while (take > 0 && take < rest.size() && (static_cast<unsigned char>(rest[take]) & 0xC0) == 0x80)
                --take;
            end = at + static_cast<std::uint32_t>(take);
        }
        w.at = {at, end};
        at = end;
    }
}

} // namespace

conllu_reader::conllu_reader(std::string where, const conllu_limits& limits)
    : where_(std::move(where)), limits_(limits) {}

void conllu_reader::fail(errc code, std::string what, std::string remedy) {
    if (broken_)
        return; // what follows from the first slip is no news
    broken_ = error{code, std::move(what), where_ + ":" + std::to_string(line_), std::move(remedy)};
    now_ = {};
}

void conllu_reader::lose_line(error why) {
    ++line_;
    fail(why.code, std::move(why.what), std::move(why.remedy));
}

std::optional<result<conllu_sentence>> conllu_reader::take(std::string_view line) {
    ++line_;
    if (line_ == 1 && line.starts_with(byte_order_mark))
        line.remove_prefix(byte_order_mark.size());
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    if (blank(line))
        return close();
    if (broken_)
        return std::nullopt;
    bytes_ += line.size();
    if (bytes_ > limits_.max_paragraph_bytes)
        fail(errc::limit,
             "a sentence of more than " + std::to_string(limits_.max_paragraph_bytes) +
                 " bytes (limit max_paragraph_bytes)",
             "part sentences with an empty line, or raise the limit");
    else if (utf8::first_malformed(line) != std::string_view::npos)
        fail(errc::encoding, "a line that is not UTF-8", "convert the file to UTF-8");
    else if (line.find('\0') != std::string_view::npos)
        fail(errc::encoding, "a line with a zero byte", "take the zero bytes out: tr -d '\\000'");
    else if (line.starts_with('#'))
        now_.comments.emplace_back(line);
    else
        row(line);
    return std::nullopt;
}

std::optional<result<conllu_sentence>> conllu_reader::finish() {
    return close();
}

std::optional<result<conllu_sentence>> conllu_reader::close() {
    if (!broken_ && !now_.tokens.empty() && now_.tokens.back().first + now_.tokens.back().count != now_.rows.size())
        fail(errc::data, "a multi-word token without its words", "give a row for each of its words");
    if (broken_) {
        error failure = *std::move(broken_);
        broken_.reset();
        bytes_ = 0;
        return failure;
    }
    if (now_.rows.empty())
        return std::nullopt; // comments wait for the sentence to come
    bytes_ = 0;
    return std::exchange(now_, {});
}

void conllu_reader::row(std::string_view line) {
    cells of;
    if (const std::size_t count = cut(line, of); count != of.size())
        return fail(errc::data, "a row of " + std::to_string(count) + " columns", shape);
    if (of[0].find('.') != std::string_view::npos) {
        if (!is_empty_node(of[0]))
            fail(errc::data, "the number '" + std::string(of[0]) + "' of a row", "empty nodes are numbered as in 8.1");
        return; // an empty node belongs to the enhanced graph
    }
    if (blank(of[1]))
        return fail(errc::data, "a row without a form", shape);
    if (of[0].find('-') != std::string_view::npos)
        multiword(of, line);
    else
        word(of);
}

void conllu_reader::multiword(const cells& of, std::string_view line) {
    const std::size_t dash = of[0].find('-');
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    const std::size_t covered = now_.tokens.empty() ? 0 : now_.tokens.back().first + now_.tokens.back().count;
    if (!number(of[0].substr(0, dash), first) || !number(of[0].substr(dash + 1), last) ||
        first != now_.rows.size() + 1 || covered > now_.rows.size() || last < first)
        return fail(errc::data, "the multi-word token '" + std::string(of[0]) + "' is out of order",
                    "its row stands before its words and is numbered by them, as 3-4");
    open_token(of, last - first + 1, line);
}

void conllu_reader::word(const cells& of) {
    std::uint32_t index = 0;
    std::uint32_t head = 0;
    if (!number(of[0], index) || index != now_.rows.size() + 1)
        return fail(errc::data,
                    "the row '" + std::string(of[0].substr(0, 20)) + "' stands where word " +
                        std::to_string(now_.rows.size() + 1) + " should",
                    "number the words of a sentence 1, 2, 3 …, and part sentences with an empty line");
    if (of[6] != "_" && !number(of[6], head))
        return fail(errc::data, "the head '" + std::string(of[6].substr(0, 20)) + "' is no number",
                    "give the number of the governing word, 0 for the root, or _");
    if (index > limits_.max_sentence_words)
        return fail(errc::limit,
                    "a sentence of more than " + std::to_string(limits_.max_sentence_words) +
                        " words (limit max_sentence_words)",
                    "part sentences with an empty line, or raise the limit");
    if (now_.tokens.empty() || now_.tokens.back().first + now_.tokens.back().count < index)
        open_token(of, 1, {});
    const auto text = [&](std::size_t i) { return of[i].empty() ? std::string("_") : std::string(of[i]); };
    now_.rows.push_back({text(1), text(2), text(3), text(4), text(5), text(7), text(9),
                         of[6] == "_" ? headless : static_cast<std::int32_t>(head) - 1, line_});
}

void conllu_reader::open_token(const cells& of, std::uint32_t count, std::string_view line) {
    now_.tokens.push_back({std::string(of[1]), std::string(line), static_cast<std::uint32_t>(now_.rows.size()), count,
                           misc_value(of[9], "SpaceAfter") != "No"});
}

result<done_t> check_tree(const conllu_sentence& read, const std::string& where) {
    const auto n = static_cast<std::int32_t>(read.rows.size());
    const auto fail = [&](const conllu_row& at, std::string what, std::string remedy) {
        return error{errc::data, std::move(what), where + ":" + std::to_string(at.line), std::move(remedy)};
    };
    if (std::all_of(read.rows.begin(), read.rows.end(), [](const conllu_row& r) { return r.head == headless; }))
        return done;
    const conllu_row* root = nullptr;
    for (const conllu_row& r : read.rows) {
        if (r.head == headless)
            return fail(r, "a word without a head in a sentence with heads", "give all heads of a sentence or none");
        if (r.head >= n)
            return fail(r, "the head " + std::to_string(r.head + 1) + " is outside of the sentence",
                        "the sentence has words 1 to " + std::to_string(n));
        if (r.head == -1 && root != nullptr)
            return fail(r, "a second root in one sentence", "give one word of the sentence the head 0");
        if (r.head == -1)
            root = &r;
    }
    // Each word's way up is walked once: `seen` says in whose walk.
    std::vector<std::int32_t> seen(read.rows.size(), -1);
    for (std::int32_t from = 0; from < n; ++from) {
        auto at = from;
        for (; at >= 0 && seen[static_cast<std::size_t>(at)] < 0; at = read.rows[static_cast<std::size_t>(at)].head)
            seen[static_cast<std::size_t>(at)] = from;
        if (at >= 0 && seen[static_cast<std::size_t>(at)] == from)
            return fail(read.rows[static_cast<std::size_t>(at)], "the heads go in a circle",
                        "every word must lead up to the root");
    }
    return done;
}

std::string_view misc_value(std::string_view misc, std::string_view key) noexcept {
    return feature(misc, key);
}

sentence to_sentence(const conllu_sentence& read, std::string& text) {
    sentence out;
    text.clear();
    for (const conllu_row& r : read.rows) {
        word w;
        w.form = r.form;
        out.words.push_back(std::move(w));
    }
    for (const conllu_token& t : read.tokens) {
        const auto begin = static_cast<std::uint32_t>(text.size());
        text += t.form;
        out.tokens.push_back({{begin, static_cast<std::uint32_t>(text.size())}, t.first, t.count});
        if (t.space_after)
            text += ' ';
    }
    for (const token& t : out.tokens)
        share_out(text, t, out.words);
    if (!out.tokens.empty())
        out.at = {out.tokens.front().at.begin, out.tokens.back().at.end};
    return out;
}

namespace {

/// An empty column is "_"; a tab or a line end would break the table.
void append_field(std::string_view value, std::string& out) {
    if (value.empty()) {
        out += '_';
        return;
    }
    for (const char c : value)
        out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

/// Blanks may not stand in an id.
std::string as_id(std::string_view id) {
    std::string out(id.empty() ? "_" : id);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }, '_');
    return out;
}

void append_misc(std::string_view item, std::string& misc) {
    if (!misc.empty())
        misc += '|';
    misc += item;
}

/// Whether a blank or a line end is among the characters. Marks that cannot be seen (U+200B, U+200F) are none.
bool has_white_space(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, size] = utf8::decode(text, at);
        if ((c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
            (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000)
            return true;
        at += size;
    }
    return false;
}

bool is_name(const word& of) {
    return !of.name.empty() && of.name != "O";
}

/// What is said of a written token: whether no blank parts it from the next one, and its place.
std::string about(span at, bool touches, const conllu_writer::origin& from) {
    const auto place = [&](std::uint32_t byte) {
        return std::to_string(from.code_points + from.offsets.to_code_points(byte));
    };
    return (touches ? "SpaceAfter=No|TokenRange=" : "TokenRange=") + place(at.begin) + ":" + place(at.end);
}

/// Words that are said with a long vowel that is not written. The treebanks of Arabic show it by a small alef in words
/// cut out of multi-word tokens (وذلك → و + ذٰلك), and keep tokens as they are written.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> small_alef = {{{"ذلك", "ذٰلك"},
                                                                                       {"كذلك", "كذٰلك"},
                                                                                       {"لذلك", "لذٰلك"},
                                                                                       {"هذا", "هٰذا"},
                                                                                       {"هذه", "هٰذه"},
                                                                                       {"هذان", "هٰذان"},
                                                                                       {"هذين", "هٰذين"},
                                                                                       {"هؤلاء", "هٰؤلاء"},
                                                                                       {"هكذا", "هٰكذا"},
                                                                                       {"أولئك", "أولٰئك"},
                                                                                       {"لكن", "لٰكن"},
                                                                                       {"الله", "اللٰه"}}};

/// The form of a word of a multi-word token.
std::string_view as_treebanks_spell(std::string_view form) {
    for (const auto& [plain, shown] : small_alef)
        if (form == plain)
            return shown;
    return form;
}

/// `misc` as it was read, without its names.
std::string without_names(std::string_view misc) {
    std::string out;
    while (!misc.empty() && misc != "_") {
        const std::size_t end = std::min(misc.find('|'), misc.size());
        if (const std::string_view item = misc.substr(0, end); !item.starts_with("NE="))
            append_misc(item, out);
        misc.remove_prefix(std::min(end + 1, misc.size()));
    }
    return out;
}

/// The row of a multi-word token as it was read, without names: they are its words'.
void token_row(std::string_view row, std::string& out) {
    const std::size_t misc = row.rfind('\t') + 1;
    out += row.substr(0, misc);
    append_field(without_names(row.substr(misc)), out);
    out += '\n';
}

} // namespace

void conllu_writer::begin_document(std::string_view id) {
    id_ = as_id(id);
    number_ = 0;
}

void conllu_writer::word_row(std::size_t number, std::string_view form, const word& of, std::string_view misc,
                             std::string& out) const {
    const auto column = [&](bool wanted, std::string_view value) {
        out += '\t';
        append_field(wanted ? value : std::string_view{}, out);
    };
    out += std::to_string(number);
    column(true, form);
    column(filled_.tag, of.lemma);
    column(filled_.tag, name(of.tag));
    column(filled_.tag, of.xpos);
    column(filled_.tag, of.feats);
    column(filled_.parse, std::to_string(of.head + 1));
    column(filled_.parse, of.deprel);
    out += "\t_";
    column(true, misc);
    out += '\n';
}

void conllu_writer::append(const sentence& of, const origin& from, std::optional<std::uint32_t> following,
                           std::string& out) {
    if (++number_ == 1)
        out += "# newdoc id = " + id_ + "\n";
    if (of.starts_paragraph)
        out += "# newpar\n";
    out += "# sent_id = " + id_ + "-" + std::to_string(number_) + "\n# text = ";
    append_field(of.at.of(from.text), out);
    out += '\n';
    for (std::size_t t = 0; t < of.tokens.size(); ++t) {
        const token& now = of.tokens[t];
        const auto next = t + 1 < of.tokens.size() ? std::optional(of.tokens[t + 1].at.begin) : following;
        const bool touches = next && !has_white_space(span{now.at.end, *next}.of(from.text));
        const std::string place = about(now.at, touches, from);
        if (now.count > 1) {
            out += std::to_string(now.first + 1) + "-" + std::to_string(now.first + now.count) + "\t";
            append_field(now.at.of(from.text), out);
            out += "\t_\t_\t_\t_\t_\t_\t_\t" + place + "\n";
        }
        for (std::uint32_t i = now.first; i < now.first + now.count; ++i) {
            const word& w = of.words[i];
            std::string misc = filled_.ner && is_name(w) ? "NE=" + w.name : std::string{};
            if (now.count == 1)
                append_misc(place, misc);
            // A token that is its one word keeps the spelling of the text, vowels and all.
            word_row(i + 1, now.count == 1 ? now.at.of(from.text) : as_treebanks_spell(w.form), w, misc, out);
        }
    }
    out += '\n';
}

void conllu_writer::append(const conllu_sentence& given, const sentence& of, std::string& out) const {
    for (const std::string& comment : given.comments)
        out += comment + "\n";
    for (const conllu_token& token : given.tokens) {
        if (!token.row.empty())
            token_row(token.row, out);
        for (std::uint32_t i = token.first; i < token.first + token.count; ++i) {
            std::string misc = without_names(given.rows[i].misc);
            if (filled_.ner && is_name(of.words[i]))
                misc = "NE=" + of.words[i].name + (misc.empty() ? "" : "|" + misc);
            word_row(i + 1, given.rows[i].form, of.words[i], misc, out);
        }
    }
    out += '\n';
}

} // namespace isnad::nlp
