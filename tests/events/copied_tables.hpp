#pragma once
// A copy of the shipped tables that a test can break.
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace isnad::events {

struct copied_tables {
    std::filesystem::path root =
        std::filesystem::temp_directory_path() / ("isnad-lexicon-" + std::to_string(::getpid()));

    copied_tables() {
        namespace fs = std::filesystem;
        const auto from = fs::path(ISNAD_SOURCE_DIR) / "data";
        const auto how = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
        fs::create_directories(root);
        for (const char* folder : {"events", "time"}) // the numerals stand among the words of time
            fs::copy(from / folder, root / folder, how);
        for (const char* file : {"ontology.tsv", "cameo_to_plover.tsv"})
            fs::copy(from / file, root / file, how);
    }
    copied_tables(const copied_tables&) = delete;
    copied_tables& operator=(const copied_tables&) = delete;
    ~copied_tables() {
        std::error_code ignored;
        std::filesystem::remove_all(root, ignored);
    }

    /// The number of the line that the row gets.
    std::size_t append(const std::string& table, const std::string& row) const {
        const auto path = root / "events" / table;
        std::ifstream in(path);
        std::size_t lines = 0;
        for (std::string line; std::getline(in, line);)
            ++lines;
        std::ofstream(path, std::ios::app) << row << "\n";
        return lines + 1;
    }
};

} // namespace isnad::events
