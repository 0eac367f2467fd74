#include "output.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace cli {

void file_closer::operator()(std::FILE* file) const noexcept {
    if (owned)
        std::fclose(file);
}

isnad::result<output> output::open(const std::string& path) {
    if (path.empty() || path == "-")
        return output(file_handle(stdout, file_closer{false}), "stdout");
    file_handle file(std::fopen(path.c_str(), "wb"));
    if (!file)
        return isnad::error{isnad::errc::io, std::string("cannot be written: ") + std::strerror(errno), path,
                            "check the folder and that you may write there"};
    return output(std::move(file), path);
}

bool output::write(std::string_view text) {
    if (errno_ == 0 && std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size())
        errno_ = errno;
    return errno_ == 0;
}

isnad::result<isnad::done_t> output::close() {
    if (std::fflush(file_.get()) != 0 && errno_ == 0)
        errno_ = errno;
    if (errno_ == 0 || errno_ == EPIPE)
        return isnad::done;
    return isnad::error{isnad::errc::io, std::string("cannot be written on: ") + std::strerror(errno_), path_,
                        "check the space that is left"};
}

bool output::is_terminal() const {
    return isatty(fileno(file_.get())) == 1;
}

} // namespace cli
