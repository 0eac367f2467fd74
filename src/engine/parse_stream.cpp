// Files to CoNLL-U, a bounded piece at a time.
#include "engine/parser_parts.hpp"
#include "ingest/line_source.hpp"
#include "ingest/reader.hpp"
#include "nlp/conllu.hpp"
#include "text/segmentation.hpp"

#include <utility>

namespace isnad {
namespace {

using ingest::line_source;

/// Lines are read together up to so many bytes, so that short paragraphs share the work of a batch.
constexpr std::size_t block_bytes = 16u << 10;
/// Sentences are analysed and written together up to so many tokens: what stands between text and CoNLL-U takes a
/// thousand bytes a word.
constexpr std::size_t slice_tokens = 2000;
/// Rows of CoNLL-U are held up to so many bytes, whatever stands in their MISC; those of two thousand words are less.
constexpr std::size_t slice_bytes = 256u << 10;

std::size_t code_points(std::string_view bytes) {
    utf8::counter all;
    all.add(bytes);
    return all.total();
}

} // namespace

struct parse_stream::state {
    state(const parser& with, line_source from, const std::string& name, const parse_options& chosen)
        : by(with), options(chosen), source(std::move(from)), shown(name), writer(chosen.wanted),
          reader(name, {chosen.max_sentence_words, chosen.max_paragraph_bytes}) {}

    parser by;
    parse_options options;
    line_source source;
    std::string shown; ///< the file's name in errors
    nlp::conllu_writer writer;
    nlp::conllu_reader reader; ///< for CoNLL-U
    nlp::analyser::scratch use;
    std::string line;
    std::size_t line_number = 0;
    bool finished = false;

    // Text: a block of whole lines, and how much of it has been written.
    std::string block;
    std::size_t before = 0; ///< code points before the block
    std::size_t after = 0;  ///< code points that were passed over behind it
    std::vector<text::sentence_bounds> bounds;
    std::optional<utf8::offsets> offsets;
    std::size_t written = 0;
    std::optional<error> waiting; ///< what went wrong behind the block

    [[nodiscard]] std::optional<result<std::string>> next() {
        return options.input == parse_input::conllu ? next_of_conllu() : next_of_text();
    }

    [[nodiscard]] std::optional<result<std::string>> next_of_text() {
        for (;;) {
            if (written < bounds.size())
                return slice();
            if (waiting)
                return *std::exchange(waiting, std::nullopt);
            if (finished)
                return std::nullopt;
            next_block();
        }
    }

    void next_block() {
        before += code_points(block) + after;
        after = 0;
        block.clear();
        while (!finished && !waiting && block.size() < block_bytes)
            next_line();
        bounds = text::segment(block, {.tokens_per_sentence = by.parts_->chosen.max_tokens_per_sentence});
        offsets.emplace(block);
        written = 0;
    }

    void next_line() {
        ++line_number;
        switch (source.next_line(line, options.max_paragraph_bytes)) {
        case line_source::outcome::end:
            finished = true;
            return;
        case line_source::outcome::broken:
            finished = true;
            waiting = broken();
            return;
        case line_source::outcome::too_long:
            after = source.skipped_code_points() + 1;
            waiting = too_long("a paragraph");
            return;
        case line_source::outcome::line:
            take_line();
        }
    }

    void take_line() {
        if (const auto fit = ingest::check_bytes(line); !fit) {
            waiting = fit.failure();
            waiting->where = here();
            after = code_points(line) + 1;
            finished = line_number == 1 && ingest::is_utf16(line);
            return;
        }
        block += line;
        block += '\n';
    }

    /// The next sentences of the block.
    [[nodiscard]] std::string slice() {
        std::size_t end = written;
        std::vector<nlp::sentence>
            sentences; // anew each time: kept ones would hold on to the longest token of each place
        for (std::size_t tokens = 0; end < bounds.size() && tokens < slice_tokens; ++end) {
            by.parts_->segmenter.segment(block, bounds[end], sentences.emplace_back());
            tokens += bounds[end].tokens.size();
        }
        by.parts_->analyser.analyse(sentences, use, options.wanted);
        std::string out;
        for (const nlp::sentence& one : sentences) {
            ++written;
            writer.append(one, {block, *offsets, before},
                          written < bounds.size() ? std::optional(bounds[written].at.begin) : std::nullopt, out);
        }
        return out;
    }

    [[nodiscard]] std::optional<result<std::string>> next_of_conllu() {
        std::vector<nlp::conllu_sentence> given;
        std::size_t words = 0;
        std::size_t bytes = 0;
        const auto full = [&] { return words >= slice_tokens || (bytes >= slice_bytes && !given.empty()); };
        while (!finished && !waiting && !full()) {
            auto read = next_sentence();
            bytes += line.size();
            if (read && *read) {
                given.push_back(std::move(**read));
                words += given.back().rows.size();
            } else if (read) {
                waiting = read->failure();
            }
        }
        if (!given.empty())
            return annotated(given);
        if (waiting)
            return *std::exchange(waiting, std::nullopt);
        return std::nullopt;
    }

    /// What the next line closes, if anything.
    [[nodiscard]] std::optional<result<nlp::conllu_sentence>> next_sentence() {
        ++line_number;
        switch (source.next_line(line, options.max_paragraph_bytes)) {
        case line_source::outcome::end:
            finished = true;
            return reader.finish();
        case line_source::outcome::broken:
            finished = true;
            return broken();
        case line_source::outcome::too_long:
            reader.lose_line(too_long("a line"));
            return std::nullopt;
        case line_source::outcome::line:
            break;
        }
        return reader.take(line);
    }

    [[nodiscard]] std::string annotated(const std::vector<nlp::conllu_sentence>& given) {
        std::string text;
        std::vector<nlp::sentence> sentences;
        for (const nlp::conllu_sentence& one : given)
            sentences.push_back(nlp::to_sentence(one, text));
        by.parts_->analyser.analyse(sentences, use, options.wanted);
        std::string out;
        for (std::size_t i = 0; i < given.size(); ++i)
            writer.append(given[i], sentences[i], out);
        return out;
    }

    [[nodiscard]] error broken() const {
        return {errc::io, "cannot be read on: " + source.system_error(), here(), "check the disk or the pipe"};
    }
    [[nodiscard]] error too_long(const std::string& what) const {
        return {errc::limit,
                what + " of more than " + std::to_string(options.max_paragraph_bytes) +
                    " bytes (limit max_paragraph_bytes)",
                here(), "part it with newlines, or raise the limit"};
    }
    [[nodiscard]] std::string here() const { return shown + ":" + std::to_string(line_number); }
};

parse_stream::parse_stream(std::unique_ptr<state> begun) : state_(std::move(begun)) {}
parse_stream::parse_stream(parse_stream&&) noexcept = default;
parse_stream& parse_stream::operator=(parse_stream&&) noexcept = default;
parse_stream::~parse_stream() = default;

result<parse_stream> parse_stream::open(const parser& by, const std::string& path, const parse_options& options) {
    auto source = line_source::open(path);
    if (!source)
        return source.failure();
    parse_options chosen = options;
    if (chosen.input == parse_input::detect)
        chosen.input = path.ends_with(".conllu") ? parse_input::conllu : parse_input::text;
    const std::string shown = path == "-" ? "stdin" : path;
    auto begun = std::make_unique<state>(by, std::move(source).value(), shown, chosen);
    begun->writer.begin_document(ingest::name_of(path));
    return parse_stream(std::move(begun));
}

std::optional<result<std::string>> parse_stream::next() {
    return state_->next();
}

} // namespace isnad
