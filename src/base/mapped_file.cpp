#include "base/mapped_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace isnad {

namespace {
error cannot(const char* verb, const std::string& path) {
    return {errc::io, std::string("cannot ") + verb + " the file: " + std::strerror(errno), path,
            "check that it exists and may be read"};
}
} // namespace

result<mapped_file> mapped_file::open(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return cannot("open", path);
    struct stat status {};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        error failure = cannot("read", path);
        if (S_ISDIR(status.st_mode))
            failure.what = "this is a directory, not a file";
        ::close(file);
        return failure;
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) {
        ::close(file);
        return mapped_file(nullptr, 0);
    }
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    ::close(file);
    if (data == MAP_FAILED)
        return cannot("map", path);
    return mapped_file(static_cast<const char*>(data), size);
}

mapped_file::~mapped_file() {
    if (data_ != nullptr)
        ::munmap(const_cast<char*>(data_), size_);
}

} // namespace isnad
