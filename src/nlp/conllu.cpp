#include "nlp/conllu.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace isnad::nlp {
namespace {

constexpr std::size_t columns = 10;

std::string_view next_line(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

bool number(std::string_view text, std::uint32_t& out) {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failure == std::errc{} && end == text.data() + text.size() && out < 1'000'000;
}

std::string_view filled(std::string_view field) {
    return field == "_" ? std::string_view{} : field;
}

/// The value of `key` among "A=b|C=d".
std::string_view misc(std::string_view field, std::string_view key) {
    return feature(field, key);
}

/// Cuts a token's bytes among its words: each takes the bytes of its form as far as they agree, the last the rest.
void share_out(std::string_view text, const token& of, std::vector<word>& words) {
    std::uint32_t at = of.at.begin;
    for (std::uint32_t i = 0; i < of.count; ++i) {
        word& w = words[of.first + i];
        const auto left = static_cast<std::uint32_t>(of.count - 1 - i);
        std::uint32_t end = of.at.end;
        if (left > 0) {
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

class reader {
public:
    reader(std::string_view content, const std::string& where) : rest_(content), where_(where) {}

    result<treebank> all() {
        while (!rest_.empty()) {
            const std::string_view line = next_line(rest_);
            ++line_;
            if (line.starts_with('#'))
                continue;
            if (line.empty())
                finish();
            else if (!read(line))
                return error{errc::data, problem_, where_ + ":" + std::to_string(line_), {}};
        }
        finish();
        if (!problem_.empty())
            return error{errc::data, problem_, where_ + ":" + std::to_string(line_), {}};
        return std::move(out_);
    }

private:
    bool fail(std::string what) {
        problem_ = std::move(what);
        return false;
    }

    bool read(std::string_view line) {
        std::array<std::string_view, columns> cells;
        std::size_t count = 0;
        for (std::string_view rest = line; count < columns; ++count) {
            const std::size_t tab = std::min(rest.find('\t'), rest.size());
            cells[count] = rest.substr(0, tab);
            if (tab == rest.size()) {
                ++count;
                break;
            }
            rest.remove_prefix(tab + 1);
        }
        if (count < columns)
            return fail("a row of fewer than ten columns");
        if (cells[0].find('.') != std::string_view::npos)
            return true; // an empty node
        if (const std::size_t dash = cells[0].find('-'); dash != std::string_view::npos)
            return multiword(cells, dash);
        return single(cells);
    }

    bool multiword(const std::array<std::string_view, columns>& cells, std::size_t dash) {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        if (!number(cells[0].substr(0, dash), first) || !number(cells[0].substr(dash + 1), last) ||
            first != now_.words.size() + 1 || last < first)
            return fail("a multiword token out of order");
        open(cells, last - first + 1);
        return true;
    }

    bool single(const std::array<std::string_view, columns>& cells) {
        std::uint32_t index = 0;
        std::uint32_t head = 0;
        if (!number(cells[0], index) || index != now_.words.size() + 1)
            return fail("a word out of order");
        if (!number(cells[6], head))
            return fail("a head that is no number");
        if (now_.tokens.empty() || now_.tokens.back().first + now_.tokens.back().count < index)
            open(cells, 1);
        word w;
        w.form = cells[1];
        w.lemma = cells[2] == "_" ? w.form : std::string(cells[2]);
        w.tag = upos_of(cells[3]);
        w.xpos = filled(cells[4]);
        w.feats = filled(cells[5]);
        w.head = static_cast<std::int32_t>(head) - 1;
        w.deprel = filled(cells[7]);
        const std::string_view label = misc(cells[9], "NER");
        w.name = label.empty() ? "O" : std::string(label);
        now_.words.push_back(std::move(w));
        return true;
    }

    void open(const std::array<std::string_view, columns>& cells, std::uint32_t count) {
        if (space_ && !now_.tokens.empty())
            out_.text += ' ';
        token t;
        t.at.begin = static_cast<std::uint32_t>(out_.text.size());
        out_.text += cells[1];
        t.at.end = static_cast<std::uint32_t>(out_.text.size());
        t.first = static_cast<std::uint32_t>(now_.words.size());
        t.count = count;
        now_.tokens.push_back(t);
        space_ = misc(cells[9], "SpaceAfter") != "No";
    }

    void finish() {
        if (now_.words.empty() && now_.tokens.empty())
            return;
        const auto words = static_cast<std::int32_t>(now_.words.size());
        const token& last = now_.tokens.back();
        if (last.first + last.count != now_.words.size())
            problem_ = "a multiword token without its words";
        for (std::size_t i = 0; i < now_.words.size(); ++i)
            if (now_.words[i].head >= words || now_.words[i].head == static_cast<std::int32_t>(i))
                problem_ = "a head outside the sentence";
        if (problem_.empty()) {
            for (const token& t : now_.tokens)
                share_out(out_.text, t, now_.words);
            now_.at = {now_.tokens.front().at.begin, now_.tokens.back().at.end};
            now_.starts_paragraph = true;
            out_.sentences.push_back(std::move(now_));
        }
        out_.text += '\n';
        now_ = {};
        space_ = true;
    }

    std::string_view rest_;
    std::string where_, problem_;
    std::size_t line_ = 0;
    sentence now_;
    bool space_ = true;
    treebank out_;
};

/// An empty field is "_"; tabs and line ends may not stand in one.
std::string field(std::string_view value) {
    if (value.empty())
        return "_";
    std::string out(value);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return out;
}

void write_word(const word& w, std::size_t number, bool touches, std::string& out) {
    std::string extra = w.name.empty() || w.name == "O" ? "" : "NER=" + w.name;
    if (touches)
        extra += extra.empty() ? "SpaceAfter=No" : "|SpaceAfter=No";
    out += std::to_string(number) + "\t" + field(w.form) + "\t" + field(w.lemma) + "\t" + std::string(name(w.tag)) +
           "\t" + field(w.xpos) + "\t" + field(w.feats) + "\t" + std::to_string(w.head + 1) + "\t" + field(w.deprel) +
           "\t_\t" + field(extra) + "\n";
}

} // namespace

result<treebank> read_conllu(std::string_view content, const std::string& where) {
    return reader(content, where).all();
}

std::string write_conllu(std::string_view text, const std::vector<sentence>& sentences) {
    std::string out;
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        const sentence& of = sentences[s];
        out += "# sent_id = " + std::to_string(s + 1) + "\n# text = " + field(of.at.of(text)) + "\n";
        for (std::size_t t = 0; t < of.tokens.size(); ++t) {
            const token& now = of.tokens[t];
            const bool touches = t + 1 < of.tokens.size() && of.tokens[t + 1].at.begin == now.at.end;
            if (now.count > 1)
                out += std::to_string(now.first + 1) + "-" + std::to_string(now.first + now.count) + "\t" +
                       field(now.at.of(text)) + "\t_\t_\t_\t_\t_\t_\t_\t" + (touches ? "SpaceAfter=No" : "_") + "\n";
            for (std::size_t i = now.first; i < now.first + now.count; ++i)
                write_word(of.words[i], i + 1, touches && now.count == 1, out);
        }
        out += '\n';
    }
    return out;
}

} // namespace isnad::nlp
