#include "ingest/line_source.hpp"

#include "base/utf8.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>

namespace isnad::ingest {

void file_closer::operator()(std::FILE* file) const noexcept {
    if (owned)
        std::fclose(file);
}

line_source::line_source(file_handle file)
    : file_(std::move(file)), buffer_(std::make_unique<std::array<char, buffer_size>>()) {}

result<line_source> line_source::open(const std::string& path) {
    if (path == "-")
        return line_source(file_handle(stdin, file_closer{false}));
    file_handle file(std::fopen(path.c_str(), "rb"));
    if (!file)
        return error{errc::io, std::string("cannot be opened: ") + std::strerror(errno), path,
                     "check the path and that you may read it"};
    struct stat about {};
    if (fstat(fileno(file.get()), &about) == 0 && S_ISDIR(about.st_mode))
        return error{errc::io, "is a folder", path, "name the files in it: " + path + "/*.txt"};
    std::setvbuf(file.get(), nullptr, _IONBF, 0); // the buffer is ours
    return line_source(std::move(file));
}

bool line_source::fill() {
    begin_ = 0;
    end_ = std::fread(buffer_->data(), 1, buffer_size, file_.get());
    if (end_ == 0 && std::ferror(file_.get()) != 0)
        errno_ = errno == 0 ? EIO : errno;
    return end_ > 0;
}

line_source::outcome line_source::next_line(std::string& line, std::size_t most) {
    line.clear();
    bool anything = false;
    bool too_long = false;
    utf8::counter skipped;
    while (begin_ < end_ || fill()) {
        anything = true;
        const std::string_view here = waiting();
        const std::size_t newline = here.find('\n');
        const std::string_view piece = here.substr(0, newline);
        if (!too_long && line.size() + piece.size() > most) {
            too_long = true;
            skipped.add(line);
            std::string().swap(line);
        }
        if (too_long)
            skipped.add(piece);
        else
            line += piece;
        begin_ += newline == std::string_view::npos ? piece.size() : piece.size() + 1;
        if (newline != std::string_view::npos) {
            skipped_ = skipped.total();
            return too_long ? outcome::too_long : outcome::line;
        }
    }
    skipped_ = skipped.total();
    if (errno_ != 0)
        return outcome::broken;
    if (too_long)
        return outcome::too_long;
    return anything ? outcome::line : outcome::end;
}

line_source::outcome line_source::rest(std::string& out, std::size_t most) {
    out.clear();
    while (begin_ < end_ || fill()) {
        const std::string_view here = waiting();
        if (out.size() + here.size() > most) {
            out += here.substr(0, most - out.size());
            return outcome::too_long;
        }
        out += here;
        begin_ = end_;
    }
    return errno_ == 0 ? outcome::end : outcome::broken;
}

char line_source::peek() {
    if (begin_ == end_ && !fill())
        return '\0';
    std::string_view here = waiting();
    if (here.starts_with("\xEF\xBB\xBF"))
        here.remove_prefix(3);
    const std::size_t at = here.find_first_not_of(" \t\r\n");
    return at == std::string_view::npos ? '\0' : here[at];
}

std::string line_source::system_error() const {
    return std::strerror(errno_);
}

} // namespace isnad::ingest
