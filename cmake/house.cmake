# The house rules of the build: one static library per folder, warnings are errors, tests mirror the tree.

add_library(house_flags INTERFACE)
target_include_directories(house_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(house_flags INTERFACE -Wall -Wextra -Wconversion -Wshadow
  -Wnon-virtual-dtor -Werror -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(house_flags INTERFACE -Wno-sign-conversion)
endif()
if(JIEBAN_SANITIZE)
  target_compile_options(house_flags INTERFACE -fsanitize=${JIEBAN_SANITIZE}
    -fno-sanitize-recover=all
    # g++ 12 sees uninitialised std::variant members where the sanitizers reshape the code.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized>)
  target_link_options(house_flags INTERFACE -fsanitize=${JIEBAN_SANITIZE})
endif()
if(JIEBAN_FUZZ)
  target_compile_options(house_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# jieban_library(NAME LINKS public... PRIVATE third-party... DEFINES ...): all .cc files of this folder.
function(jieban_library name)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE;DEFINES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(sources)
    add_library(jieban_${name} STATIC ${sources})
    target_link_libraries(jieban_${name} PUBLIC house_flags ${arg_LINKS} PRIVATE ${arg_PRIVATE})
    target_compile_definitions(jieban_${name} PRIVATE ${arg_DEFINES})
  else()
    add_library(jieban_${name} INTERFACE)
    target_link_libraries(jieban_${name} INTERFACE house_flags ${arg_LINKS})
  endif()
endfunction()

# jieban_tests(NAME LINKS ...): one test program of all *_test.cc files below this folder.
function(jieban_tests name)
  cmake_parse_arguments(arg "" "TIMEOUT" "LINKS;LABELS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cc)
  if(NOT sources)
    return()
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name}_test ${sources})
  target_link_libraries(${name}_test PRIVATE house_flags ${arg_LINKS} GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE
    JIEBAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}" JIEBAN_BINARY_DIR="${CMAKE_BINARY_DIR}/bin")
  add_test(NAME ${name} COMMAND ${name}_test)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()
