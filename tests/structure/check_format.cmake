# Fails and names every source that clang-format would change.
file(GLOB_RECURSE sources
  ${SOURCE_DIR}/kernels/*.[ch]* ${SOURCE_DIR}/pipeline/*.[ch]* ${SOURCE_DIR}/io/*.[ch]* ${SOURCE_DIR}/jobs/*.[ch]*
  ${SOURCE_DIR}/tests/*.[ch]* ${SOURCE_DIR}/bench/*.[ch]*)
list(FILTER sources INCLUDE REGEX "\\.(cpp|hpp|cu)$")
execute_process(COMMAND ${CLANG_FORMAT} --dry-run --Werror ${sources} RESULT_VARIABLE result ERROR_VARIABLE report)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "clang-format -i these files:\n${report}")
endif()
