// isnad-knowledge-compile OUT FOLDER…: the tables as one file that the program maps. Part of the build.
#include "knowledge/base.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

int fail(const isnad::error& failure) {
    std::fprintf(stderr, "isnad-knowledge-compile: %s\n", failure.text().c_str());
    return 1;
}

/// Writes beside the goal and renames, so that a program that reads at that moment sees a whole file.
bool write(const std::string& path, const std::string& bytes) {
    const std::string beside = path + ".new";
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    std::error_code failed;
    if (out)
        std::filesystem::rename(beside, path, failed);
    return out && !failed;
}

} // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fprintf(stderr, "usage: isnad-knowledge-compile OUT FOLDER…\n");
        return 2;
    }
    const std::vector<std::string> folders(arguments + 2, arguments + count);
    if (const auto wrong = isnad::knowledge::base::check(folders); !wrong.empty()) {
        for (const auto& one : wrong)
            fail(one);
        return 1;
    }
    const auto bytes = isnad::knowledge::base::compile(folders);
    if (!bytes)
        return fail(bytes.failure());
    if (!write(arguments[1], *bytes))
        return fail(
            {isnad::errc::io, "cannot be written", arguments[1], "check the folder and that you may write there"});
    return 0;
}
